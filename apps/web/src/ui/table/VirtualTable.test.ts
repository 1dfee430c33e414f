import { screen, within } from '@testing-library/vue'
import { describe, expect, test, vi } from 'vitest'
import { show } from '../../../test/kit/show.ts'
import VirtualTable from './VirtualTable.vue'

const rows = Array.from({ length: 3000 }, (_, n) => ({ id: `row-${n}`, name: `Customer ${n}` }))
const props = {
  caption: 'Customers',
  columns: [
    { key: 'name', label: 'Customer' },
    { key: 'undo', label: 'Undo', hideLabel: true },
  ],
  rows,
  rowKey: (row: { id: string }) => row.id,
  totalCount: 3000,
}
const slots = {
  name: '<template #name="{ row }">{{ row.name }}</template>',
  empty: '<p>Nobody</p>',
}

describe('a table of thousands of rows', () => {
  test('puts only the rows near the window into the page, and tells how many there are', () => {
    // happy-dom lays nothing out; without a height every row would be near the window.
    const height = vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(60)
    const { container } = show(VirtualTable, { props, slots })
    height.mockRestore()
    const drawn = container.querySelectorAll('tbody[data-index]').length
    expect(drawn).toBeGreaterThan(5)
    expect(drawn).toBeLessThan(60)
    expect(screen.getByRole('table', { name: 'Customers' }).getAttribute('aria-rowcount')).toBe(
      '3001',
    )
    expect(screen.getByText('Customer 0').closest('tr')?.getAttribute('aria-rowindex')).toBe('2')
  })

  test('asks for more when its end comes near', () => {
    const { emitted } = show(VirtualTable, {
      props: { ...props, rows: rows.slice(0, 5), hasMore: true },
      slots,
    })
    expect(emitted('more')?.length).toBeGreaterThan(0)
  })

  test('names its columns, the hidden ones too', () => {
    show(VirtualTable, { props: { ...props, rows: rows.slice(0, 2) }, slots })
    const heads = within(screen.getByRole('table')).getAllByRole('columnheader')
    expect(heads.map((head) => head.textContent?.trim())).toEqual(['Customer', 'Undo'])
  })

  test('an empty one says so, but not while it loads', async () => {
    const { rerender } = show(VirtualTable, {
      props: { ...props, rows: [], totalCount: 0, loading: true },
      slots,
    })
    expect(screen.getByRole('status').textContent).toContain('Loading')
    expect(screen.queryByText('Nobody')).toBeNull()
    await rerender({ loading: false })
    expect(screen.getByText('Nobody')).toBeTruthy()
  })
})
