import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import StartPage from './StartPage.vue'

async function fillIn({ user }: Awaited<ReturnType<typeof openPage>>): Promise<void> {
  await user.type(screen.getByLabelText(/^Server address/), 'https://ksc.example:13299')
  await user.type(screen.getByLabelText(/^Kaspersky user/), 'trueup')
  await user.type(screen.getByLabelText(/^Kaspersky password/), 'secret')
  await user.type(screen.getByLabelText(/^API user name/), 'api@example.com')
  await user.type(screen.getByLabelText(/^API secret/), 'secret')
  await user.type(screen.getByLabelText(/^Tracking identifier/), 'CODE')
}

describe('making an integration', () => {
  test('test, trust the certificate that was seen, create, and be on Accounts', async () => {
    const page = await openPage(StartPage, '/start', openOffice({ tenants: 3, integrations: 0 }))
    const { user, office } = page
    await screen.findByText('Connect Kaspersky and Autotask')
    await fillIn(page)
    await user.click(screen.getByRole('button', { name: 'Test connection' }))
    await screen.findByText('1 of 3 checks failed.')
    await user.click(screen.getByRole('button', { name: 'Trust this certificate' }))
    await screen.findByText(/^Everything works/)
    expect(office.state.integrations).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Create integration' }))
    await screen.findByRole('heading', { name: 'Accounts' })
    expect(office.state.calls.at(-1)?.args['input']).toMatchObject({
      name: 'Integration with Autotask',
      dailyRunHour: 3,
      autotask: {
        url: null,
        userName: 'api@example.com',
        secret: 'secret',
        integrationCode: 'CODE',
      },
      securityCenter: { url: 'https://ksc.example:13299', certificateSha256: 'b7'.repeat(32) },
    })
  })

  test('an integration of licence reports needs no server', async () => {
    const office = openOffice({ tenants: 3, integrations: 0 })
    const { user } = await openPage(StartPage, '/start', office)
    await user.click(await screen.findByRole('radio', { name: /^Licence reports/ }))
    expect(screen.queryByLabelText(/^Server address/)).toBeNull()
    await user.type(screen.getByLabelText(/^API user name/), 'api@example.com')
    await user.type(screen.getByLabelText(/^API secret/), 'secret')
    await user.type(screen.getByLabelText(/^Tracking identifier/), 'CODE')
    await user.click(screen.getByRole('button', { name: 'Create integration' }))
    await screen.findByRole('heading', { name: 'Accounts' })
    expect(office.state.calls.at(-1)?.args['input']).toMatchObject({
      source: 'LICENCE_REPORT',
      securityCenter: null,
    })
  })
})
