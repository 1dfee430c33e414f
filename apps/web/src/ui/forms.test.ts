import { screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { show } from '../../test/kit/show.ts'
import FilterButtons from './choice/FilterButtons.vue'
import SearchSelect from './choice/SearchSelect.vue'
import SaveBar from './SaveBar.vue'
import SearchBox from './SearchBox.vue'

describe('a search', () => {
  const props = { label: 'Search accounts', modelValue: '' }

  test('starts with the button or with Enter, not while typing', async () => {
    const { user, emitted } = show(SearchBox, { props })
    await user.type(screen.getByRole('searchbox', { name: 'Search accounts' }), 'dent')
    expect(emitted('update:modelValue')).toBeUndefined()
    await user.click(screen.getByRole('button', { name: 'Search' }))
    await user.type(screen.getByRole('searchbox'), 'al{Enter}')
    expect(emitted('update:modelValue')).toEqual([['dent'], ['dental']])
  })

  test('is cleared with one click', async () => {
    const { user, emitted } = show(SearchBox, { props: { ...props, modelValue: 'dent' } })
    await user.click(screen.getByRole('button', { name: 'Clear search' }))
    expect(emitted('update:modelValue')).toEqual([['']])
  })
})

describe('the save bar', () => {
  test('says what saving will change', async () => {
    const { user, emitted } = show(SaveBar, {
      props: { summary: ['3 mappings', 'billing on for 2'] },
    })
    const bar = within(screen.getByRole('region', { name: 'Unsaved changes' }))
    expect(bar.getByText('3 mappings, billing on for 2', { exact: false })).toBeTruthy()
    await user.click(bar.getByRole('button', { name: 'Save changes' }))
    await user.click(bar.getByRole('button', { name: 'Discard' }))
    expect([emitted('save'), emitted('discard')]).toEqual([[[]], [[]]])
  })

  test('is not there while nothing is staged', () => {
    show(SaveBar, { props: { summary: [] } })
    expect(screen.queryByRole('region')).toBeNull()
  })
})

test('of a few ways to narrow a list, the one that holds is marked', async () => {
  const options = [
    { value: 'all', label: 'All', count: 2400 },
    { value: 'billed', label: 'Billed', count: 3 },
  ]
  const { user, emitted } = show(FilterButtons, {
    props: { label: 'Show', options, modelValue: 'all' },
  })
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'All 2,400' }).checked).toBe(true)
  await user.click(screen.getByRole('radio', { name: 'Billed 3' }))
  expect(emitted('update:modelValue')).toEqual([['billed']])
})

describe('choosing one out of many', () => {
  const choices = [
    { id: 'a', label: 'Alder Creek', description: 'Autotask id 1' },
    { id: 'b', label: 'Baker Street', unavailable: 'Taken by Baker Street Interiors' },
  ]
  const props = {
    label: 'Account for Alder',
    placeholder: 'Select account',
    choices,
    modelValue: null,
    noneLabel: 'No account',
  }

  test('opens by keyboard and takes what is chosen', async () => {
    const { user, emitted } = show(SearchSelect, { props })
    screen.getByRole('button', { name: 'Account for Alder: Select account' }).focus()
    await user.keyboard('{ArrowDown}')
    await user.click(await screen.findByRole('option', { name: /Alder Creek/ }))
    expect(emitted('open')).toHaveLength(1)
    expect(emitted('update:modelValue')).toEqual([[choices[0]]])
  })

  test('what cannot be chosen stays visible and says why', async () => {
    const { user, emitted } = show(SearchSelect, { props })
    await user.click(screen.getByRole('button', { name: 'Account for Alder: Select account' }))
    const taken = await screen.findByRole('option', { name: /Taken by Baker Street Interiors/ })
    await user.click(taken)
    expect(emitted('update:modelValue')).toBeUndefined()
  })

  test('what is typed goes outside, where it is searched', async () => {
    const { user, emitted } = show(SearchSelect, { props })
    await user.click(screen.getByRole('button', { name: 'Account for Alder: Select account' }))
    await user.type(await screen.findByPlaceholderText('Search'), 'ba')
    expect(emitted('update:search')?.at(-1)).toEqual(['ba'])
    expect(screen.getAllByRole('option')).toHaveLength(2)
  })

  test('a choice can be taken back', async () => {
    const { user, emitted } = show(SearchSelect, { props: { ...props, modelValue: choices[0] } })
    await user.click(screen.getByRole('button', { name: 'Account for Alder: Alder Creek' }))
    await user.click(await screen.findByRole('option', { name: 'No account' }))
    expect(emitted('update:modelValue')).toEqual([[null]])
  })
})
