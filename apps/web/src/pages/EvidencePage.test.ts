import { screen, waitFor, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import EvidencePage from './EvidencePage.vue'
import RunPage from './RunPage.vue'

const path = '/integrations/integration-1/tenants/tenant-1/evidence'

async function row(name: string): Promise<HTMLElement> {
  const cell = await screen.findByText(name, { selector: 'td span' })
  const found = cell.closest('tr')
  if (found === null) throw new Error(`${name} stands in no row`)
  return found
}

describe('the devices of a customer', () => {
  test('shows what was counted and the devices it is made of', async () => {
    await openPage(EvidencePage, path)
    const line = await row('PC-003')
    expect(line.textContent).toContain('Non-Windows')
    expect(line.textContent).toContain('macOS 15')
    expect(line.textContent).toContain('1A2B-0001')
    expect(line.textContent).toContain('1 Mar 2026')
    const counts = within(screen.getByRole('table', { name: 'Counts of this reading' }))
    expect(counts.getByText('24')).toBeTruthy()
    expect(screen.getByRole('radio', { name: /^In use\s*24$/ })).toBeTruthy()
  })

  test('marks who joined, and shows who left when asked', async () => {
    const { user } = await openPage(EvidencePage, path)
    expect((await row('PC-001')).textContent).toContain('Joined')
    expect(screen.queryByText('PC-025')).toBeNull()
    await user.click(screen.getByRole('radio', { name: /^Left\s*1$/ }))
    const left = await row('PC-025')
    expect(left.textContent).toContain('Left')
    expect(left.textContent).toContain('17 Aug 2026')
  })

  test('the address narrows the list, and the export is narrowed alike', async () => {
    await openPage(EvidencePage, `${path}?category=WINDOWS_SERVER&key=1A2B-0002&search=PC-0`)
    await row('PC-002')
    expect(screen.queryByText('PC-001')).toBeNull()
    const link = screen.getByRole('link', { name: 'Export as CSV' })
    const url = new URL(link.getAttribute('href') ?? '', 'http://trueup.example')
    expect(url.pathname).toBe('/export/evidence.csv')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      tenant: 'tenant-1',
      category: 'WINDOWS_SERVER',
      key: '1A2B-0002',
      name: 'PC-0',
      bom: '1',
    })
  })

  test('a line of a run leads to the devices of the reading it was counted from', async () => {
    const { user, router } = await openPage(RunPage, '/integrations/integration-1/runs/run-22')
    await user.click(
      within(await row('Alder Creek Dental')).getByRole('button', { name: /^Why: Alder/ }),
    )
    await user.click(await screen.findByRole('link', { name: /^Show the devices: .* \(26\)$/ }))
    await screen.findByRole('table', { name: 'Devices behind the counts' })
    expect(router.currentRoute.value).toMatchObject({
      name: 'evidence',
      query: {
        application: 'Kaspersky Endpoint Security for Business Advanced',
        snapshot: 'snapshot-22',
      },
    })
  })

  test('a device is left out of the bill with a reason, and billed again', async () => {
    const { user, office } = await openPage(EvidencePage, path)
    await row('PC-004')
    await user.click(screen.getByRole('button', { name: /^Do not bill PC-004 for/ }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByRole('button', { name: 'Do not bill' })).toHaveProperty('disabled', true)
    await user.type(dialog.getByRole('textbox', { name: /Reason/ }), 'Spare machine')
    await user.click(dialog.getByRole('button', { name: 'Do not bill' }))
    await waitFor(async () => expect((await row('PC-004')).textContent).toContain('Spare machine'))
    expect(office.state.calls.at(-1)?.args).toMatchObject({
      input: { deviceId: '6f1d9a3', reason: 'Spare machine' },
    })
    await user.click(await screen.findByRole('button', { name: /^Bill PC-004 again/ }))
    await waitFor(async () =>
      expect((await row('PC-004')).textContent).not.toContain('Spare machine'),
    )
  })

  test('a customer that nobody knows is said to be none, with the way back', async () => {
    await openPage(EvidencePage, path.replace('tenant-1', 'nobody'))
    expect(await screen.findByText('There is no such customer')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'All accounts' })).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: 'Application' })).toBeNull()
  })
})
