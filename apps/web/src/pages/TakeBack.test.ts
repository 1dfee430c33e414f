import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import RunPage from './RunPage.vue'

const path = '/integrations/integration-1/runs/run-22'

describe('taking back', () => {
  test('shows what would be posted, to which period, and what the next run does, before anything is posted', async () => {
    const { user, office } = await openPage(RunPage, path)
    await user.click(await screen.findByRole('button', { name: /^Why: Alder/ }))
    await user.click(await screen.findByRole('button', { name: /^Take back: Alder/ }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Take back 1 adjustment' }))
    expect(await dialog.findByLabelText('26 before, −3, 23 after')).toBeTruthy()
    expect(dialog.getByRole('list', { name: 'Money by period' }).textContent).toContain('−12.00')
    expect(dialog.getByText('Leaves it alone: stopped')).toBeTruthy()
    await user.click(dialog.getByRole('radio', { name: /^Let the next run bill them/ }))
    expect(dialog.getByText('Bills 26 again')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(office.state.calls).toEqual([])
  })

  test('posts exactly what was shown, stops the lines unless told otherwise, and opens its run', async () => {
    const { user, office, router } = await openPage(RunPage, path)
    await user.click(await screen.findByRole('button', { name: 'Take back this run…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Take back this run' }))
    await user.click(await dialog.findByRole('button', { name: /^Take back \d+ adjustments$/ }))
    expect(await screen.findByRole('heading', { name: /^Take-back of 17 Aug 2026/ })).toBeTruthy()
    expect(router.currentRoute.value.params['runId']).not.toBe('run-22')
    const [call] = office.state.calls
    expect(call?.args).toMatchObject({ afterwards: 'STOP_LINES' })
    expect(call?.args['seals']).toContain('26 -3')
  })

  test('both halves of a pair show each other, and nothing is offered to be taken back twice', async () => {
    const { user, router } = await openPage(RunPage, path)
    await user.click(await screen.findByRole('checkbox', { name: /^Select Alder/ }))
    await user.click(screen.getByRole('button', { name: 'Take back 1 selected…' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(await dialog.findByRole('button', { name: 'Take back 1 adjustment' }))
    await screen.findByRole('heading', { name: /^Take-back/ })
    await user.click(await screen.findByRole('button', { name: /^Why: Alder/ }))
    await user.click(await screen.findByRole('link', { name: 'run of 17 Aug 2026' }))
    await waitFor(() => expect(router.currentRoute.value.params['runId']).toBe('run-22'))
    await screen.findByText('taken back')
    await user.click(await screen.findByRole('button', { name: /^Why: Alder/ }))
    expect(await screen.findByRole('link', { name: 'take-back of 17 Aug 2026' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: /^Take back: Alder/ })).toBeNull()
    expect(screen.queryByRole('checkbox', { name: /^Select Alder/ })).toBeNull()
  })

  test('what cannot be taken back says why and is not posted', async () => {
    const office = openOffice({ tenants: 8 })
    const line = office.state.runs.find(({ id }) => id === 'run-22')?.lines[0]
    const { user } = await openPage(RunPage, path, office)
    await user.click(await screen.findByRole('checkbox', { name: /^Select Alder/ }))
    // Somebody else is faster.
    if (line !== undefined) line['takenBackBy'] = { ...line, run: office.state.runs[0] }
    await user.click(screen.getByRole('button', { name: 'Take back 1 selected…' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText('ALREADY_TAKEN_BACK')).toBeTruthy()
    const button = dialog.getByRole('button', { name: /^Take back 0 adjustments/ })
    expect(button.hasAttribute('disabled')).toBe(true)
  })
})
