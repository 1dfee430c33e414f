import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import FramePage from './FramePage.vue'

const path = '/integrations/integration-1/accounts'

describe('the frame around every page', () => {
  test('leads to every page and says what waits there', async () => {
    await openPage(FramePage, path)
    const nav = within(await screen.findByRole('navigation', { name: 'Main' }))
    expect(nav.getAllByRole('link').map((link) => link.textContent?.trim())).toEqual([
      'Accounts1 not mapped',
      'Services3 not mapped',
      expect.stringMatching(/^Runs\d+ waiting for a decision$/),
      'Activity',
      'Settings',
    ])
  })

  test('a session that ended leads to signing in and back, with the staged edits still there', async () => {
    const { office, user } = await openPage(FramePage, path)
    const bill = await screen.findByRole('switch', { name: 'Bill Alder Creek Dental' })
    await user.click(bill)
    office.state.signedIn = false
    await user.click(screen.getByRole('button', { name: 'Save changes' }))
    expect(await screen.findByText('Sign in to go on where you were.')).toBeTruthy()
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(screen.getByLabelText('Password'), 'correct horse battery{Enter}')
    const again = await screen.findByRole('switch', { name: 'Bill Alder Creek Dental' })
    expect(again.getAttribute('aria-checked')).toBe('false')
    expect(screen.getByText('billing off for 1', { exact: false })).toBeTruthy()
  })

  test('the practice world says so and moves its calendar', async () => {
    const { user } = await openPage(FramePage, path)
    const banner = within(await screen.findByRole('complementary', { name: 'Practice world' }))
    expect(banner.getByText('17 Aug 2026')).toBeTruthy()
    await user.click(banner.getByRole('button', { name: 'Next week' }))
    expect(await banner.findByText('24 Aug 2026')).toBeTruthy()
  })

  test('a real installation has no practice banner', async () => {
    const office = openOffice({ tenants: 3 })
    office.state.isPractice = false
    await openPage(FramePage, path, office)
    await screen.findByRole('heading', { name: 'Accounts' })
    expect(screen.queryByText('Next day')).toBeNull()
  })

  test('switches between integrations', async () => {
    const { user, router } = await openPage(
      FramePage,
      path,
      openOffice({ tenants: 3, integrations: 2 }),
    )
    await user.click(await screen.findByRole('button', { name: 'Integration: Contoso MSP' }))
    await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Contoso MSP 2' }))
    await waitFor(() =>
      expect(router.currentRoute.value.params['integrationId']).toBe('integration-2'),
    )
    await screen.findByRole('button', { name: 'Integration: Contoso MSP 2' })
  })

  test('reminds of the generated password until it is changed', async () => {
    const office = openOffice({ tenants: 3 })
    office.state.mustChangePassword = true
    office.state.isPractice = false
    await openPage(FramePage, path, office)
    expect(await screen.findByRole('link', { name: 'Change password' })).toBeTruthy()
  })

  test('an integration that does not exist is said to be missing', async () => {
    await openPage(FramePage, '/integrations/nowhere/accounts')
    expect(await screen.findByText('There is no such integration')).toBeTruthy()
  })

  test('signing out leads to the sign-in page and ends the session', async () => {
    const { office, user } = await openPage(FramePage, path)
    await user.click(await screen.findByRole('button', { name: 'Signed in as admin' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }))
    await screen.findByRole('heading', { name: 'Sign in' })
    expect(office.state.signedIn).toBe(false)
  })
})
