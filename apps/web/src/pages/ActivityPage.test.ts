import { screen, waitFor } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import ActivityPage from './ActivityPage.vue'

const path = '/integrations/integration-1/activity'

describe('the Activity page', () => {
  test('says who changed what, when, from what to what', async () => {
    await openPage(ActivityPage, path)
    const action = await screen.findByText('Account mapping changed')
    const row = action.closest('tr')
    expect(row?.textContent).toContain('17 Aug 2026, 10:31')
    expect(row?.textContent).toContain('admin')
    expect(row?.textContent?.replaceAll(/\s/g, '')).toContain('Billingenabled:off→on')
  })

  test('shows what one person did', async () => {
    const { user } = await openPage(ActivityPage, path)
    await screen.findByText('Account mapping changed')
    await user.type(screen.getByRole('searchbox', { name: 'Search by person' }), 'Schedule{Enter}')
    await waitFor(() => expect(screen.queryByText('Account mapping changed')).toBeNull())
    expect(await screen.findByText('Run finished')).toBeTruthy()
  })

  test('a name that nobody has is told apart from a log with nothing in it', async () => {
    await openPage(ActivityPage, `${path}?by=nobody`)
    expect(await screen.findByText('“nobody” has changed nothing')).toBeTruthy()
  })

  test('a long list of changes is cut until it is asked for', async () => {
    const office = openOffice({ tenants: 2 })
    const activity = office.state.activities[0]
    if (activity !== undefined)
      Object.assign(activity, { before: null, after: '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6}' })
    const { user } = await openPage(ActivityPage, path, office)
    await user.click(await screen.findByRole('button', { name: '2 more' }))
    expect(screen.getByText('F:')).toBeTruthy()
  })
})
