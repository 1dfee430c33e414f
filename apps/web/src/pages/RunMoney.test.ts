import { screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import RunPage from './RunPage.vue'

const path = (id: string, tab: string): string =>
  `/integrations/integration-1/runs/${id}?tab=${tab}`

describe('the money of a run', () => {
  test('says what is added to which period and what is skipped, all together and account by account', async () => {
    await openPage(RunPage, path('run-22', 'money'))
    const all = await screen.findByRole('list', { name: 'Money by period' })
    expect(all.textContent).toContain('1 Aug 2026 – 31 Aug 2026')
    const table = within(await screen.findByRole('table', { name: 'Money by account' }))
    const row = (await table.findByText('Alder Creek Dental')).closest('tr')
    expect(row?.textContent).toContain('+12.00')
    expect(table.getAllByText(/held$/).length).toBeGreaterThan(0)
    const skipped = table.getByText('Customers without an account').closest('tr')
    expect(skipped?.textContent).toContain('1,683.00')
  })
})

describe('computing a day again', () => {
  test('shows each difference to what was written, with the reason', async () => {
    const { user } = await openPage(RunPage, path('run-22', 'replay'))
    await user.click(await screen.findByRole('button', { name: 'Recompute this day' }))
    expect(await screen.findByText(/^1 difference to what was written/)).toBeTruthy()
    const table = within(screen.getByRole('table', { name: 'Differences to what was written' }))
    expect(table.getByText('23 to 26')).toBeTruthy()
    expect(table.getByText('nothing')).toBeTruthy()
    expect(table.getByText('admin dismissed it.')).toBeTruthy()
  })

  test('says that nothing differs, and shows the whole plan', async () => {
    const { user } = await openPage(RunPage, path('run-20', 'replay'))
    await user.click(await screen.findByRole('button', { name: 'Recompute this day' }))
    expect(await screen.findByText(/exactly as it was written\.$/)).toBeTruthy()
    expect(screen.getByText('Plan for 2026-08-17')).toBeTruthy()
  })

  test('says why a run cannot be computed again', async () => {
    const { user } = await openPage(RunPage, path('run-24', 'replay'))
    await user.click(await screen.findByRole('button', { name: 'Recompute this day' }))
    expect(await screen.findByText('A preview is not kept: it posted nothing.')).toBeTruthy()
  })
})
