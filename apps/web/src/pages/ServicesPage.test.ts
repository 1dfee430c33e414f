import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import ServicesPage from './ServicesPage.vue'

const path = '/integrations/integration-1/services'
const advanced = 'Kaspersky Endpoint Security for Business Advanced'
const mobile = 'Kaspersky Security for Mobile'

describe('the Services page', () => {
  test('shows unmapped applications first, with what they lose', async () => {
    await openPage(ServicesPage, path)
    await screen.findByText(advanced)
    const [, first] = screen.getAllByRole('row')
    expect(first?.textContent).toContain('Kaspersky Hybrid Cloud Security, Server')
    expect(first?.textContent).toContain('Not billed: 138 devices, 1,311.00 a month')
  })

  test('stages a service, says so, and saves it', async () => {
    const { user, office } = await openPage(ServicesPage, path)
    await user.click(
      await screen.findByRole('button', { name: `Autotask service for ${mobile}: Select service` }),
    )
    await user.click(await screen.findByRole('option', { name: /^Mobile Device Protection/ }))
    const bar = within(screen.getByRole('region', { name: 'Unsaved changes' }))
    expect(bar.getByText('1 service mapped', { exact: false })).toBeTruthy()
    await user.click(bar.getByRole('button', { name: 'Save changes' }))
    await screen.findByText('Saved 1 change')
    expect(office.state.calls.at(-1)?.args['rows']).toMatchObject([
      { applicationId: 'application-5', category: null, version: null, serviceId: 'service-6' },
    ])
  })

  test('billing by category asks first and then proposes the present service for all three', async () => {
    const { user, office } = await openPage(ServicesPage, path)
    await screen.findByText(advanced)
    await user.click(screen.getByRole('switch', { name: 'Bill devices by category' }))
    await user.click(await screen.findByRole('button', { name: 'Bill by category' }))
    const labels = ['Windows workstations', 'Windows servers', 'Non-Windows devices']
    for (const label of labels) {
      await screen.findByRole('button', {
        name: `Autotask service for ${advanced}, ${label}: Endpoint Protection – Workstation`,
      })
    }
    expect(screen.getByText('6 services mapped', { exact: false })).toBeTruthy()
    expect(office.state.calls.map(({ name }) => name)).toEqual(['setBillDevicesByCategory'])
  })

  test('mailboxes keep one service when devices are billed by category', async () => {
    const office = openOffice({ tenants: 3 })
    const integration = office.state.integrations[0]
    if (integration !== undefined) integration.billDevicesByCategory = true
    await openPage(ServicesPage, path, office)
    const cell = await screen.findByText('Kaspersky Security for Microsoft Office 365')
    const row = cell.closest('tr')
    expect(row && within(row).getAllByRole('button', { name: /^Autotask service/ })).toHaveLength(1)
  })

  test('not agreeing leaves the switch as it was', async () => {
    const { user, office } = await openPage(ServicesPage, path)
    await screen.findByText(advanced)
    const byCategory = screen.getByRole('switch', { name: 'Bill devices by category' })
    await user.click(byCategory)
    await user.click(await screen.findByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(byCategory.getAttribute('aria-checked')).toBe('false'))
    expect(office.state.calls).toEqual([])
  })

  test('says which devices are not billed, and why, and bills them again', async () => {
    const office = openOffice({ tenants: 3 })
    office.state.exclusions.set('application-1/6f1d9a0', 'Spare machine')
    const { user } = await openPage(ServicesPage, path, office)
    await user.click(await screen.findByRole('button', { name: '1 device is left out' }))
    const list = within(screen.getByRole('list', { name: `Devices not billed for ${advanced}` }))
    expect(list.getByText('PC-001')).toBeTruthy()
    expect(list.getByText('Spare machine')).toBeTruthy()
    expect(list.getByText(/^admin, 17 Aug/)).toBeTruthy()
    await user.click(list.getByRole('button', { name: `Bill PC-001 again for ${advanced}` }))
    await screen.findByText('PC-001 is billed again')
    await waitFor(() => expect(screen.queryByText(/left out$/)).toBeNull())
    expect(office.state.calls.at(-1)).toEqual({
      name: 'includeDevice',
      args: { applicationId: 'application-1', deviceId: '6f1d9a0' },
    })
  })

  test('a counting rule is said in words, staged, and saved with everything else', async () => {
    const { user, office } = await openPage(ServicesPage, path)
    await user.click(
      await screen.findByRole('button', { name: /^Counting rule, .*Advanced: Newest reading$/ }),
    )
    const rule = within(screen.getByRole('group', { name: /^Counting rule, .*Advanced$/ }))
    await user.click(rule.getByRole('combobox'))
    await user.click(await screen.findByRole('option', { name: 'Peak of the period' }))
    const free = rule.getByLabelText('Free units')
    await user.clear(free)
    await user.type(free, '5')
    expect(
      screen.getByRole('button', { name: /Advanced: Peak of the period, 5 free$/ }),
    ).toBeTruthy()
    const bar = within(screen.getByRole('region', { name: 'Unsaved changes' }))
    expect(bar.getByText('counting rule of 1', { exact: false })).toBeTruthy()
    await user.click(bar.getByRole('button', { name: 'Save changes' }))
    await screen.findByText('Saved 1 change')
    expect(office.state.calls.at(-1)?.args['rows']).toMatchObject([
      { counting: { basis: 'PEAK', includedUnits: 5, minimumUnits: 0 } },
    ])
  })
})
