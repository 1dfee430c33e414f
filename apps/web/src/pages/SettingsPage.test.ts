import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import SettingsPage from './SettingsPage.vue'

const path = '/integrations/integration-1/settings'

describe('the Settings page', () => {
  test('shows connections without their secrets and sends only what was changed', async () => {
    const { user, office } = await openPage(SettingsPage, path)
    const name = await screen.findByLabelText(/^API user name/)
    expect(screen.getByLabelText<HTMLInputElement>('API secret').value).toBe('')
    await user.clear(name)
    await user.type(name, 'new@contoso.example')
    await user.click(screen.getByRole('button', { name: 'Save connections' }))
    await screen.findByText('Settings saved')
    expect(office.state.calls.at(-1)?.args['input']).toEqual({
      autotask: { userName: 'new@contoso.example' },
    })
  })

  test('a connection test shows every check, and apart from them what nobody can know yet', async () => {
    const { user } = await openPage(SettingsPage, path)
    await user.click(await screen.findByRole('button', { name: 'Test connection' }))
    const checks = within(await screen.findByRole('region', { name: 'Connection test' }))
    expect(checks.getByText('Everything works: 4 checks passed.')).toBeTruthy()
    expect(checks.getAllByRole('listitem')).toHaveLength(5)
    const unknown = within(checks.getByRole('list', { name: 'Not known yet' }))
    expect(unknown.getByText(/May a line go to zero units\?$/)).toBeTruthy()
    expect(unknown.queryByText(/^Passed/)).toBeNull()
  })

  test('a certificate that changed is shown for comparison and trusted only by a person', async () => {
    const office = openOffice({ tenants: 3 })
    office.state.certificateSha256 = 'c4'.repeat(32)
    const { user } = await openPage(SettingsPage, path, office)
    await user.click(await screen.findByRole('button', { name: 'Test connection' }))
    expect(await screen.findByText(Array.from({ length: 32 }, () => 'C4').join(':'))).toBeTruthy()
    expect(office.state.integrations[0]?.version).toBe(1)
    await user.click(screen.getByRole('button', { name: 'Trust this certificate' }))
    await screen.findByText(/^Everything works/)
    expect(office.state.integrations[0]).toMatchObject({
      securityCenter: { certificateSha256: 'c4'.repeat(32) },
    })
  })

  test('settings changed by somebody else meanwhile are not overwritten', async () => {
    const { user, office } = await openPage(SettingsPage, `${path}?tab=schedule`)
    await screen.findByRole('button', { name: 'Save schedule' })
    const stored = office.state.integrations[0]
    if (stored !== undefined) stored.version = 5
    await user.click(screen.getByRole('button', { name: 'Save schedule' }))
    expect(await screen.findByText('STALE_VERSION')).toBeTruthy()
  })

  test('the schedule is saved with its switch', async () => {
    const { user, office } = await openPage(SettingsPage, `${path}?tab=schedule`)
    await user.click(await screen.findByRole('switch', { name: 'Run every day' }))
    await user.click(screen.getByRole('button', { name: 'Save schedule' }))
    await screen.findByText('Settings saved')
    expect(office.state.integrations[0]).toMatchObject({
      scheduleEnabled: false,
      timeZone: 'Europe/Berlin',
    })
  })

  test('rules: approval by hand and a limit of money are saved; nonsense is stopped before', async () => {
    const { user, office } = await openPage(SettingsPage, `${path}?tab=rules`)
    await user.click(await screen.findByRole('radio', { name: 'By hand' }))
    const limit = screen.getByLabelText('Money of a whole run')
    await user.type(limit, 'many')
    expect(screen.getByText('Write an amount like 250.00, or leave it empty.')).toBeTruthy()
    await user.clear(limit)
    await user.type(limit, '1500.50')
    await user.click(screen.getByRole('button', { name: 'Save rules' }))
    await screen.findByText('Settings saved')
    expect(office.state.integrations[0]).toMatchObject({
      approvalMode: 'MANUAL',
      brakes: { runMoney: '1500.50', lineUnits: 50, linePercent: null },
    })
  })

  test('an integration of reports has no server, shows how reports are read, and how old one may be', async () => {
    const office = openOffice({ tenants: 3 })
    const stored = office.state.integrations[0]
    if (stored !== undefined)
      Object.assign(stored, { source: 'LICENCE_REPORT', securityCenter: null })
    const { user } = await openPage(SettingsPage, path, office)
    await screen.findByLabelText(/^API user name/)
    expect(screen.queryByLabelText(/^Server address/)).toBeNull()
    await user.click(screen.getByRole('tab', { name: 'Licence reports' }))
    expect(await screen.findByText(/The first report that you import decides/)).toBeTruthy()
    const days = screen.getByLabelText(/^Bill by a report/)
    await user.clear(days)
    await user.type(days, '31')
    await user.tab()
    await user.click(screen.getByRole('button', { name: 'Save age' }))
    await screen.findByText('Settings saved')
    expect(stored).toMatchObject({ maximumReadingAgeDays: 31 })
  })

  test("a token's secret is shown once, and a token is revoked after a question", async () => {
    const { user, office } = await openPage(SettingsPage, `${path}?tab=tokens`)
    await user.type(await screen.findByLabelText('Token name'), 'Nightly script')
    await user.click(screen.getByRole('button', { name: 'Create token' }))
    expect(await screen.findByText('trueup_pretend_secret_shown_once')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'I have stored it' }))
    await waitFor(() => expect(screen.queryByText('trueup_pretend_secret_shown_once')).toBeNull())
    await user.click(await screen.findByRole('button', { name: 'Revoke Power BI' }))
    await user.click(await screen.findByRole('button', { name: 'Revoke token' }))
    await screen.findByText('“Power BI” is revoked')
    expect(office.state.tokens[0]?.['revokedAt']).not.toBeNull()
  })

  test('the password is changed, and a wrong one is refused', async () => {
    const { user, office } = await openPage(SettingsPage, `${path}?tab=password`)
    await user.type(await screen.findByLabelText('Current password'), 'guess')
    await user.type(screen.getByLabelText('New password'), 'a better password')
    await user.type(screen.getByLabelText('New password again'), 'a better password')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(await screen.findByText('PASSWORD_WRONG')).toBeTruthy()
    await user.clear(screen.getByLabelText('Current password'))
    await user.type(screen.getByLabelText('Current password'), 'correct horse battery')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    await screen.findByText('Password changed')
    expect(office.state.password).toBe('a better password')
  })
})
