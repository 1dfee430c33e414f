import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import RunPage from './RunPage.vue'

const path = (id: string): string => `/integrations/integration-1/runs/${id}`

async function row(name: string): Promise<HTMLElement> {
  const cell = await screen.findByText(name, { selector: 'td span' })
  const found = cell.closest('tr')
  if (found === null) throw new Error(`${name} stands in no row`)
  return found
}

describe('the page of one run', () => {
  test('shows each line with before, change, after, day, money and status', async () => {
    await openPage(RunPage, path('run-22'))
    const line = await row('Alder Creek Dental')
    expect(within(line).getByLabelText('23 before, +3, 26 after')).toBeTruthy()
    expect(line.textContent).toContain('1 Aug 2026')
    expect(line.textContent).toContain('+12.00')
    expect(line.textContent).toContain('Confirmed')
  })

  test('says until when a run waits for Autotask, and that it goes on by itself', async () => {
    const office = openOffice({ tenants: 8 })
    const [run] = office.state.runs
    if (run === undefined) throw new Error('the office has no run')
    run.status = 'RUNNING'
    run.waiting = { until: '2026-08-17T10:42:00.000Z', reason: 'HOURLY_BUDGET' }
    await openPage(RunPage, path(run.id), office)
    const notice = await screen.findByText(/^Waiting for Autotask until 17 Aug 2026, 1\d:42$/)
    expect(notice.closest('[role=status]')?.textContent).toContain('goes on by itself')
  })

  test('explains a line when asked why', async () => {
    const { user } = await openPage(RunPage, path('run-22'))
    await user.click(
      within(await row('Alder Creek Dental')).getByRole('button', { name: /^Why: Alder/ }),
    )
    expect(await screen.findByText(/^26 devices at Alder Creek Dental use/)).toBeTruthy()
  })

  test('approves, in bulk, the lines that wait', async () => {
    const { user, office } = await openPage(RunPage, path('run-23'))
    await row('Alder Creek Dental')
    await user.click(await screen.findByRole('button', { name: /^Select all \d/ }))
    const bar = within(screen.getByRole('region', { name: 'Decide on the selected adjustments' }))
    await user.click(bar.getByRole('button', { name: 'Approve' }))
    await screen.findByText(/adjustments approved$/)
    expect(office.state.runs[1]?.lines.every(({ status }) => status !== 'PLANNED')).toBe(true)
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull())
  })

  test('dismisses only what is selected', async () => {
    const { user, office } = await openPage(RunPage, path('run-23'))
    await user.click(within(await row('Alder Creek Dental')).getByRole('checkbox'))
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    await screen.findByText('1 adjustment dismissed')
    expect(office.state.runs[1]?.lines.filter(({ status }) => status === 'DISMISSED')).toHaveLength(
      1,
    )
  })

  test('a held line shows its reason, its age and its ways out with what each does', async () => {
    const { user, office } = await openPage(RunPage, path('run-22'), openOffice({ tenants: 20 }))
    const hold = within(await screen.findByRole('region', { name: /^Hold of Birchwood/ }))
    expect(hold.getByText('DROP_TO_ZERO')).toBeTruthy()
    expect(hold.getByText('Post this change as it is.')).toBeTruthy()
    await user.click(hold.getByRole('button', { name: /^Dismiss: Birchwood/ }))
    await screen.findByText('The hold is decided')
    expect(office.state.calls.at(-1)?.args).toMatchObject({ exit: 'DISMISS' })
  })

  test('filters by status, and the address keeps it', async () => {
    await openPage(RunPage, `${path('run-22')}?status=REFUSED`, openOffice({ tenants: 20 }))
    await screen.findByText('Refused', { selector: 'td span' })
    expect(screen.queryByText('Confirmed', { selector: 'td span' })).toBeNull()
  })

  test('findings come with their code and the revenue at risk', async () => {
    const { user } = await openPage(RunPage, path('run-22'))
    await user.click(await screen.findByRole('tab', { name: 'Findings' }))
    expect(await screen.findByText('TENANT_NOT_MAPPED')).toBeTruthy()
    expect(screen.getByText('48.00')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Show Beacon Hill Academy on Accounts' })).toBeTruthy()
  })

  test('a failed run says why', async () => {
    await openPage(RunPage, path('run-21'))
    expect(await screen.findByText('KASPERSKY_UNREACHABLE')).toBeTruthy()
  })

  test('a run that goes on is followed until it ends', async () => {
    const office = openOffice({ tenants: 8 })
    const run = office.state.runs.find(({ id }) => id === 'run-22')
    if (run !== undefined) run.status = 'RUNNING'
    await openPage(RunPage, path('run-22'), office)
    await screen.findByText('Running', { selector: 'h1 *' })
    if (run !== undefined) run.status = 'COMPLETED'
    expect(await screen.findByText('Completed', { selector: 'h1 *' })).toBeTruthy()
  })

  test('a run that does not exist is said to be missing', async () => {
    await openPage(RunPage, path('run-999'))
    expect(await screen.findByText('There is no such run')).toBeTruthy()
  })
})
