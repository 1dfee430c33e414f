import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import SignInPage from './SignInPage.vue'

function signedOut() {
  return openOffice({ tenants: 3, signedIn: false })
}

describe('the sign-in page', () => {
  test('a wrong password is refused with the reason', async () => {
    const { user } = await openPage(SignInPage, '/sign-in', signedOut())
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(screen.getByLabelText('Password'), 'guess')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    expect(await screen.findByText('User name or password is wrong.')).toBeTruthy()
    expect(screen.getByText('SIGN_IN_REFUSED')).toBeTruthy()
  })

  test('signing in leads back to where the session ended', async () => {
    const { user, router } = await openPage(
      SignInPage,
      '/sign-in?return=/integrations/integration-1/runs',
      signedOut(),
    )
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(screen.getByLabelText('Password'), 'correct horse battery{Enter}')
    await screen.findByRole('heading', { name: 'Runs' })
    expect(router.currentRoute.value.path).toBe('/integrations/integration-1/runs')
  })

  test('a browser without a session is led here without any question that would be refused', async () => {
    const office = signedOut()
    office.state.outages.set('integrations', { code: 'INTERNAL', message: 'Asked too soon' })
    const { router } = await openPage(SignInPage, '/integrations/integration-1/runs', office)
    expect(router.currentRoute.value.query).toEqual({ return: '/integrations/integration-1/runs' })
    expect(screen.getByText('Sign in to go on where you were.')).toBeTruthy()
  })

  test('a link cannot make signing in lead to another site', async () => {
    const { user, router } = await openPage(
      SignInPage,
      '/sign-in?return=//elsewhere.example/',
      signedOut(),
    )
    await user.type(screen.getByLabelText('User name'), 'admin')
    await user.type(screen.getByLabelText('Password'), 'correct horse battery{Enter}')
    await screen.findByRole('heading', { name: 'Accounts' })
    expect(router.currentRoute.value.path).toBe('/integrations/integration-1/accounts')
  })
})
