import { screen, waitFor } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import RunsPage from './RunsPage.vue'

const path = '/integrations/integration-1/runs'

describe('the Runs page', () => {
  test('lists runs and previews with their status and money', async () => {
    await openPage(RunsPage, path)
    await screen.findByText('Waiting for approval')
    expect(screen.getByText('Failed')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Preview of 17 Aug 2026' })).toBeTruthy()
    expect(screen.getByText(/starts on 18 Aug 2026, 03:00 \(Europe\/Berlin\)/)).toBeTruthy()
  })

  test('Preview reads and shows a plan, and posts nothing', async () => {
    const { user, office, router } = await openPage(RunsPage, path)
    await user.click(await screen.findByRole('button', { name: 'Preview' }))
    await waitFor(() => expect(router.currentRoute.value.name).toBe('run'))
    expect(await screen.findByRole('heading', { name: /^Preview of 17 Aug 2026/ })).toBeTruthy()
    expect(office.state.calls.map(({ name }) => name)).toEqual(['preview'])
  })

  test('Run now starts a run and opens its page', async () => {
    const { user, office } = await openPage(RunsPage, path)
    await user.click(await screen.findByRole('button', { name: 'Run now' }))
    expect(await screen.findByRole('heading', { name: /^Run of 17 Aug 2026/ })).toBeTruthy()
    expect(office.state.calls.map(({ name }) => name)).toEqual(['runNow'])
  })

  test('a run that cannot start says why', async () => {
    const { user, office } = await openPage(RunsPage, path)
    office.state.outages.set('runNow', { code: 'FORBIDDEN', message: 'You may not start runs.' })
    await user.click(await screen.findByRole('button', { name: 'Run now' }))
    expect(await screen.findByText('You may not start runs.')).toBeTruthy()
  })

  test('shows only what waits for a decision, by a link too', async () => {
    await openPage(RunsPage, `${path}?show=decide`)
    await screen.findByText('Completed with holds')
    expect(screen.queryByText('Failed')).toBeNull()
  })
})
