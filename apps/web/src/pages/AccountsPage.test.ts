import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import AccountsPage from './AccountsPage.vue'

const path = '/integrations/integration-1/accounts'

async function row(name: string): Promise<HTMLElement> {
  const cell = await screen.findByText(name, { selector: 'td:first-child p' })
  const found = cell.closest('tr')
  if (found === null) throw new Error(`${name} stands in no row`)
  return found
}

describe('the Accounts page', () => {
  test('shows each virtual server with its account, billing switch and contract', async () => {
    await openPage(AccountsPage, path)
    const alder = within(await row('Alder Creek Dental'))
    expect(
      alder.getByRole('button', {
        name: 'Autotask account for Alder Creek Dental: Alder Creek Dental',
      }),
    ).toBeTruthy()
    expect(
      alder.getByRole('switch', { name: 'Bill Alder Creek Dental' }).getAttribute('aria-checked'),
    ).toBe('true')
    expect(
      alder.getByRole('button', { name: /^Contract for Alder Creek Dental: Managed Security$/ }),
    ).toBeTruthy()
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent?.trim())).toEqual([
      'Virtual server',
      'Autotask account',
      'Billing settings',
      'Undo',
    ])
  })

  test('searches by any part of the name when Search is pressed, and keeps the search in the address', async () => {
    const { user, router } = await openPage(AccountsPage, path)
    await row('Alder Creek Dental')
    await user.type(screen.getByRole('searchbox', { name: 'Search virtual servers' }), 'heron')
    await row('Alder Creek Dental')
    await user.click(screen.getByRole('button', { name: 'Search' }))
    await row('Blue Heron Logistics')
    await waitFor(() => expect(screen.queryByText('Alder Creek Dental')).toBeNull())
    expect(router.currentRoute.value.query).toEqual({ search: 'heron' })
  })

  test('proposes the contract that an ended one was renewed as, and saves it when a person agrees', async () => {
    const office = openOffice({ tenants: 8 })
    const [tenant] = office.state.world.tenants
    const [current, ended] = tenant?.mapping.account?.contracts ?? []
    if (tenant === undefined || current === undefined || ended === undefined)
      throw new Error('the office has no such contracts')
    ended.renewedAs = current
    tenant.mapping.contract = ended
    const { user } = await openPage(AccountsPage, path, office)
    const alder = within(await row('Alder Creek Dental'))
    expect(alder.getByText('Ended on 31 Dec 2025')).toBeTruthy()
    expect(alder.getByText('Renewed as Managed Security, from 1 Jan 2026')).toBeTruthy()
    await user.click(
      alder.getByRole('button', { name: 'Use the renewed contract for Alder Creek Dental' }),
    )
    await user.click(screen.getByRole('button', { name: /^Save changes/ }))
    await waitFor(() => expect(office.state.calls).toHaveLength(1))
    expect(office.state.calls[0]?.args['rows']).toMatchObject([{ contractId: current.id }])
  })

  test("leads to Autotask's own pages of the account and the contract", async () => {
    await openPage(AccountsPage, path)
    const alder = within(await row('Alder Creek Dental'))
    expect(
      alder.getByRole('link', { name: 'Account of Alder Creek Dental in Autotask' }),
    ).toMatchObject({ href: 'https://ww5.autotask.net/account/1', rel: 'noopener noreferrer' })
    expect(
      alder.getByRole('link', { name: 'Contract of Alder Creek Dental in Autotask' }),
    ).toMatchObject({ href: expect.stringContaining('https://ww5.autotask.net/contract/') })
  })

  test('stages an edit, says what saving will change, and saves it', async () => {
    const { user, office } = await openPage(AccountsPage, path)
    await user.click(within(await row('Aurora Veterinary Clinic')).getByRole('switch'))
    await user.click(
      screen.getByRole('button', {
        name: 'Contract for Aurora Veterinary Clinic: Select contract',
      }),
    )
    await user.click(await screen.findByRole('option', { name: /^Managed Security 1 Jan 2026/ }))
    const bar = within(screen.getByRole('region', { name: 'Unsaved changes' }))
    expect(bar.getByText('billing on for 1, contract for 1', { exact: false })).toBeTruthy()
    expect(office.state.calls).toEqual([])
    await user.click(bar.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Saved 1 change')).toBeTruthy()
    expect(office.state.world.tenants[2]?.mapping).toMatchObject({
      billingEnabled: true,
      version: 2,
      contract: { name: 'Managed Security' },
    })
  })

  test('a refused save tells the row why and keeps what was staged', async () => {
    const { user, office } = await openPage(AccountsPage, path)
    const aurora = await row('Aurora Veterinary Clinic')
    await user.click(within(aurora).getByRole('switch'))
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(
      await screen.findByText('Billing is on but no contract is chosen.', { exact: false }),
    ).toBeTruthy()
    expect(
      within(await row('Aurora Veterinary Clinic'))
        .getByRole('switch')
        .getAttribute('aria-checked'),
    ).toBe('true')
    expect(screen.getByText('Nothing was saved: 1 row refused.')).toBeTruthy()
    expect(office.state.world.tenants[2]?.mapping.billingEnabled).toBe(false)
  })

  test('shows a taken account as taken and by whom, and does not let it be chosen', async () => {
    const { user } = await openPage(AccountsPage, path)
    await row('Beacon Hill Academy')
    await user.click(
      screen.getByRole('button', {
        name: 'Autotask account for Beacon Hill Academy: Select account',
      }),
    )
    const taken = await screen.findByRole('option', { name: /Taken by Alder Creek Dental/ })
    expect(taken.getAttribute('data-disabled')).not.toBeNull()
    const free = await screen.findByRole('option', { name: /^Beacon Hill Academy/ })
    await user.click(free)
    expect(screen.getByText('1 mapping', { exact: false })).toBeTruthy()
  })

  test('asks before staged edits are left behind', async () => {
    const { user, router } = await openPage(AccountsPage, path)
    await user.click(within(await row('Aurora Veterinary Clinic')).getByRole('switch'))
    await user.click(screen.getByRole('link', { name: /^Runs/ }))
    await user.click(await screen.findByRole('button', { name: 'Stay on this page' }))
    expect(router.currentRoute.value.name).toBe('accounts')
    await user.click(screen.getByRole('link', { name: /^Runs/ }))
    await user.click(await screen.findByRole('button', { name: 'Discard changes' }))
    await screen.findByRole('heading', { name: 'Runs' })
  })

  test('Discard and undo put back what is stored', async () => {
    const { user } = await openPage(AccountsPage, path)
    const bill = within(await row('Aurora Veterinary Clinic')).getByRole('switch')
    await user.click(bill)
    await user.click(
      screen.getByRole('button', { name: 'Undo the changes of Aurora Veterinary Clinic' }),
    )
    expect(bill.getAttribute('aria-checked')).toBe('false')
    await user.click(bill)
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(bill.getAttribute('aria-checked')).toBe('false')
    await waitFor(() =>
      expect(screen.queryByRole('region', { name: 'Unsaved changes' })).toBeNull(),
    )
  })

  test('a row that somebody else changed can be saved on top of the newest values', async () => {
    const { user, office } = await openPage(AccountsPage, path)
    await user.click(within(await row('Alder Creek Dental')).getByRole('switch'))
    const mapping = office.state.world.tenants[0]?.mapping
    if (mapping !== undefined) mapping.version = 7
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    await user.click(await screen.findByRole('button', { name: 'Load the newest values' }))
    await waitFor(() => expect(screen.queryByText('STALE_VERSION')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    await screen.findByText('Saved 1 change')
    expect(mapping).toMatchObject({ billingEnabled: false, version: 8 })
  })

  test('a contract that cannot be billed on is shown with the reason and cannot be chosen', async () => {
    const { user } = await openPage(AccountsPage, path)
    await row('Aurora Veterinary Clinic')
    await user.click(
      screen.getByRole('button', {
        name: 'Contract for Aurora Veterinary Clinic: Select contract',
      }),
    )
    const reasons = ['Ended on 31 Dec 2025', 'Not a recurring service contract']
    for (const reason of reasons) {
      const option = await screen.findByRole('option', { name: new RegExp(reason) })
      expect(option.getAttribute('data-disabled')).not.toBeNull()
    }
  })

  test('shows only what is not mapped, by a link too', async () => {
    await openPage(AccountsPage, `${path}?show=unmapped`)
    await row('Beacon Hill Academy')
    expect(screen.queryByRole('switch', { name: 'Bill Alder Creek Dental' })).toBeNull()
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Unmapped/ }).checked).toBe(true)
  })

  test('an outage is shown with its code and can be tried again', async () => {
    const office = openOffice({ tenants: 8 })
    office.state.outages.set('tenants', {
      code: 'INTERNAL_ERROR',
      message: 'Something went wrong inside Trueup.',
    })
    const { user } = await openPage(AccountsPage, path, office)
    expect(await screen.findByText('INTERNAL_ERROR')).toBeTruthy()
    expect(screen.getByText(/request req-42/)).toBeTruthy()
    office.state.outages.clear()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await row('Alder Creek Dental')
  })

  test('reads the directory anew and says what came', async () => {
    const { user } = await openPage(AccountsPage, path)
    await user.click(await screen.findByRole('button', { name: 'Read again' }))
    expect(await screen.findByText(/^8 tenants, 14 accounts/)).toBeTruthy()
  })

  test('offers the free accounts of a similar name first', async () => {
    const { user } = await openPage(AccountsPage, path)
    await row('Beacon Hill Academy')
    await user.click(
      screen.getByRole('button', { name: /^Autotask account for Beacon Hill Academy/ }),
    )
    await screen.findAllByText('Similar name')
    expect(screen.getAllByRole('option')[0]?.textContent).toContain('Beacon Hill Academy Ltd')
  })

  test('refused rows can be shown alone, whatever the search hides', async () => {
    const { user } = await openPage(AccountsPage, `${path}?search=aurora`)
    await user.click(within(await row('Aurora Veterinary Clinic')).getByRole('switch'))
    await user.clear(screen.getByRole('searchbox'))
    await user.type(screen.getByRole('searchbox'), 'nobody at all{Enter}')
    await screen.findByText('No virtual server matches')
    await user.keyboard('{Control>}s{/Control}')
    await user.click(await screen.findByRole('button', { name: 'Show these rows' }))
    await user.click(screen.getByRole('button', { name: 'Clear search' }))
    expect(
      within(await row('Aurora Veterinary Clinic'))
        .getByRole('switch')
        .getAttribute('aria-checked'),
    ).toBe('true')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Not saved 1' }).checked).toBe(true)
  })

  test('from when changes count is chosen for one customer, and saved with everything else', async () => {
    const { user, office } = await openPage(AccountsPage, path)
    await user.click(
      await screen.findByRole('combobox', {
        name: 'From when changes of Alder Creek Dental count',
      }),
    )
    await user.click(await screen.findByRole('option', { name: 'Next period' }))
    const bar = within(await screen.findByRole('region', { name: 'Unsaved changes' }))
    expect(bar.getByText('start of changes for 1', { exact: false })).toBeTruthy()
    await user.click(bar.getByRole('button', { name: 'Save changes' }))
    await screen.findByText('Saved 1 change')
    expect(office.state.calls.at(-1)?.args['rows']).toMatchObject([
      { effectiveDatePolicy: 'NEXT_PERIOD' },
    ])
  })
})
