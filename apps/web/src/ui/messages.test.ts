import { screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { show } from '../../test/kit/show.ts'
import ConfirmDialog from './ConfirmDialog.vue'
import EmptyState from './EmptyState.vue'
import FailurePanel from './FailurePanel.vue'
import ProblemList from './ProblemList.vue'
import SecretOnce from './SecretOnce.vue'

describe('a failure', () => {
  const failure = { code: 'INTERNAL_ERROR', message: 'Something went wrong.', requestId: 'req-7' }

  test('is read out with its sentence, its code and the request to look up', () => {
    show(FailurePanel, { props: { failure } })
    const alert = within(screen.getByRole('alert'))
    expect(alert.getByText('Something went wrong.')).toBeTruthy()
    expect(alert.getByText('INTERNAL_ERROR')).toBeTruthy()
    expect(alert.getByText(/request req-7/)).toBeTruthy()
    expect(alert.queryByRole('button')).toBeNull()
  })

  test('can be tried again where that makes sense', async () => {
    const { user, emitted } = show(FailurePanel, { props: { failure, retriable: true } })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(emitted('retry')).toHaveLength(1)
  })
})

test('problems are listed with their codes, and no problems leave no trace', async () => {
  const problems = [
    { code: 'CONTRACT_MISSING', severity: 'BLOCKING', message: 'Choose a contract.' },
    { code: 'NAME_LONG', severity: 'WARNING', message: 'That is a long name.' },
  ]
  const { rerender } = show(ProblemList, { props: { problems } })
  expect(screen.getByText('CONTRACT_MISSING')).toBeTruthy()
  expect(screen.getByText('That is a long name.')).toBeTruthy()
  await rerender({ problems: [] })
  expect(screen.queryByRole('alert')).toBeNull()
})

test('an empty state says what is missing and how to get it', () => {
  show(EmptyState, {
    props: { icon: 'i-lucide-map', title: 'No run yet', text: 'Start with a preview.' },
    slots: { default: '<button>Preview</button>' },
  })
  expect(screen.getByText('No run yet')).toBeTruthy()
  expect(screen.getByText('Start with a preview.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Preview' })).toBeTruthy()
})

describe('a question before something final', () => {
  const props = {
    title: 'Revoke?',
    text: 'It stops working.',
    confirmLabel: 'Revoke token',
    open: true,
  }

  test('is answered with yes', async () => {
    const { user, emitted } = show(ConfirmDialog, { props })
    await user.click(await screen.findByRole('button', { name: 'Revoke token' }))
    expect(emitted('close')).toEqual([[true]])
  })

  test('is answered with no by the button and by Escape', async () => {
    const { user, emitted } = show(ConfirmDialog, { props })
    expect(await screen.findByRole('dialog', { name: 'Revoke?' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await user.keyboard('{Escape}')
    expect(emitted('close')).toEqual([[false], [false]])
  })
})

test('a secret is shown until the person has stored it', async () => {
  const { user, emitted } = show(SecretOnce, { props: { label: 'New token', secret: 'abc123' } })
  expect(within(screen.getByRole('region', { name: 'New token' })).getByText('abc123')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'I have stored it' }))
  expect(emitted('done')).toHaveLength(1)
})
