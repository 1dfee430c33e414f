import { screen } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import AccountsPage from './AccountsPage.vue'
import HomePage from './HomePage.vue'
import RunsPage from './RunsPage.vue'
import StartPage from './StartPage.vue'

describe('the start', () => {
  test('leads to Accounts of the first integration', async () => {
    const { router } = await openPage(AccountsPage, '/')
    expect(router.currentRoute.value.params['integrationId']).toBe('integration-1')
  })

  test('a page without an integration in its address finds one', async () => {
    await openPage(RunsPage, '/runs')
    expect(await screen.findByRole('heading', { name: 'Runs' })).toBeTruthy()
  })

  test('without any integration it leads to making the first one', async () => {
    await openPage(StartPage, '/', openOffice({ integrations: 0 }))
    expect(await screen.findByText('Connect Kaspersky and Autotask')).toBeTruthy()
  })

  test('is a place of passage and shows nothing itself', () => {
    expect(HomePage).toBeTruthy()
  })
})
