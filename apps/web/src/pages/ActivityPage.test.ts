import { screen, waitFor } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
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
})
