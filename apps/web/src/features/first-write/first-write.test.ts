import { screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../../test/kit/open-page.ts'
import { openOffice } from '../../../test/office/office.ts'
import SettingsPage from '../../pages/SettingsPage.vue'
import RunsPage from '../../pages/RunsPage.vue'

const path = '/integrations/integration-1/settings'

function openRealOffice() {
  const office = openOffice({ tenants: 8 })
  office.state.isPractice = false
  office.state.firstWrite.isDue = true
  return office
}

describe('the first write', () => {
  test('that was not made yet is proposed on the runs and in the settings', async () => {
    await openPage(RunsPage, '/integrations/integration-1/runs', openRealOffice())
    const notice = await screen.findByText(/^Trueup has not written to this Autotask yet/)
    expect(notice).toBeTruthy()
    expect(screen.getByRole('link', { name: 'First write' }).getAttribute('href')).toContain(
      'tab=first-write',
    )
  })

  test('is not spoken of where it is not due', async () => {
    await openPage(SettingsPage, path)
    await screen.findByRole('button', { name: 'Test connection' })
    expect(screen.queryByText(/^Trueup has not written/)).toBeNull()
  })

  test('goes to the line that a person chose and agreed to, with the numbers that were shown', async () => {
    const { user, office } = await openPage(
      SettingsPage,
      `${path}?tab=first-write`,
      openRealOffice(),
    )
    await screen.findByText('Not known yet. Trueup is right either way.')
    await user.click(await screen.findByRole('button', { name: /Contract for the first write/ }))
    const [option] = await screen.findAllByRole('option')
    if (option === undefined) throw new Error('there is no contract')
    await user.click(option)
    await user.click(screen.getByRole('button', { name: 'Show its lines' }))
    const lines = within(await screen.findByRole('list', { name: 'Lines of this contract' }))
    expect(lines.getByText(/^12 units from 1 Nov 2027 on, 13 for a moment/)).toBeTruthy()
    expect(lines.getByText('No billing period lies ahead that is not posted yet')).toBeTruthy()
    await user.click(lines.getByRole('button', { name: 'Use this line: Endpoint Security' }))
    expect(office.state.calls).toEqual([])
    await user.click(await screen.findByRole('button', { name: 'Add one unit and take it back' }))
    await screen.findByText(/^The first write works/)
    expect(office.state.calls[0]?.args['input']).toMatchObject({
      lineId: '71',
      effectiveDay: '2027-11-01',
      units: 12,
    })
    expect(await screen.findByText('Yes: the second change is added to the first.')).toBeTruthy()
  })

  test('that left other units than before asks a person to look', async () => {
    const office = openRealOffice()
    office.state.firstWrite.attempt = {
      __typename: 'FirstWriteAttempt',
      id: 'first-write-1',
      contractName: 'Managed Security',
      serviceName: 'Endpoint Security',
      effectiveDay: '2027-11-01',
      unitsBefore: 12,
      progress: 'ENDED',
      startedAt: '2026-08-17T10:00:00.000Z',
      startedBy: 'admin',
      endedAt: '2026-08-17T10:00:04.000Z',
      result: 'NEEDS_PERSON',
      reason: 'HTTP 500: Attempt to insert duplicate data',
      units: 13,
    }
    await openPage(SettingsPage, `${path}?tab=first-write`, office)
    expect(await screen.findByText(/^Please look at this contract in Autotask/)).toBeTruthy()
    expect(screen.getByText(/12 units before, 13 now\. Reason: HTTP 500/)).toBeTruthy()
  })
})
