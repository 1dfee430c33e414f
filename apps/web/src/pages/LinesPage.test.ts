import { screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import type { OpenLineState } from '../../test/office/answer-counter.ts'
import { type Office, openOffice } from '../../test/office/office.ts'
import AccountsPage from './AccountsPage.vue'
import LinesPage from './LinesPage.vue'

const path = '/integrations/integration-1/lines'

/** An office with one line that nothing feeds and one that is stopped. */
function openWithLines(): Office {
  const office = openOffice({ tenants: 8 })
  const [unfed, stopped] = office.state.runs[2]?.lines ?? []
  const toLine = (line: typeof unfed, changes: Partial<OpenLineState>): OpenLineState => ({
    __typename: 'OpenLine',
    tenant: line?.tenant ?? {},
    account: line?.['account'] as object,
    contract: line?.['contract'] as { id: string },
    service: line?.['service'] as { id: string },
    ownership: 'OWNED',
    unfedBecause: null,
    units: 26,
    baselineUnits: 0,
    confirmedDay: '2026-08-01',
    moneyPerMonth: '104.0000',
    ...changes,
  })
  office.state.openLines = [
    toLine(unfed, { unfedBecause: 'BILLING_OFF' }),
    toLine(stopped, { ownership: 'STOPPED' }),
  ]
  return office
}

describe('lines to decide about', () => {
  test('the Accounts page says that units stay after a mapping was changed, and leads to them', async () => {
    const { user } = await openPage(
      AccountsPage,
      '/integrations/integration-1/accounts',
      openWithLines(),
    )
    await screen.findByText(
      '1 line still carries 26 units that nothing feeds any more, and 1 line is stopped.',
    )
    await user.click(screen.getByRole('button', { name: 'Review these lines' }))
    expect(await screen.findByRole('heading', { name: 'Lines to decide' })).toBeTruthy()
  })

  test('each line says why it is there, and what it costs a month', async () => {
    await openPage(LinesPage, path, openWithLines())
    await screen.findByText('Billing of the customer is switched off.')
    expect(screen.getByText('Somebody stopped it: runs leave it alone.')).toBeTruthy()
    expect(screen.getAllByText('104.00')).toHaveLength(2)
  })

  test('a release is previewed, posted as a run of its own, and opens it', async () => {
    const { user, office } = await openPage(LinesPage, path, openWithLines())
    await user.click((await screen.findAllByRole('checkbox'))[0] ?? document.body)
    await user.click(screen.getByRole('button', { name: 'Release…' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Release 1 line' }))
    expect((await dialog.findAllByLabelText('26 before, −26, 0 after')).length).toBeGreaterThan(0)
    await user.click(dialog.getByRole('button', { name: /^Release \d line/ }))
    expect(await screen.findByRole('heading', { name: /^Release of 17 Aug 2026/ })).toBeTruthy()
    expect(office.state.calls.map(({ name }) => name)).toEqual(['release'])
  })

  test('a stopped line is resumed and leaves the list', async () => {
    const { user, office } = await openPage(LinesPage, path, openWithLines())
    await user.click((await screen.findAllByRole('checkbox'))[1] ?? document.body)
    await user.click(screen.getByRole('button', { name: 'Resume billing' }))
    await screen.findByText('1 line resumed')
    expect(office.state.calls.map(({ name }) => name)).toEqual(['resumeLines'])
  })

  test('nothing to decide is said in words', async () => {
    await openPage(LinesPage, path)
    expect(await screen.findByText('Nothing to decide')).toBeTruthy()
  })
})
