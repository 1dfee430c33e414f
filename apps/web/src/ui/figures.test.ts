import { screen, within } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { show } from '../../test/kit/show.ts'
import AppLogo from './AppLogo.vue'
import FigureCard from './FigureCard.vue'
import PageHeading from './PageHeading.vue'
import StatusBadge from './StatusBadge.vue'
import StepLine from './StepLine.vue'

test('a figure stands beside its name', () => {
  show(FigureCard, {
    props: { label: 'Held', value: '3', hint: 'wait for a decision', tone: 'warning' },
  })
  expect(screen.getByRole('term').textContent).toBe('Held')
  expect(screen.getAllByRole('definition').map((part) => part.textContent?.trim())).toEqual([
    '3',
    'wait for a decision',
  ])
})

test('a page has one heading, with its actions', () => {
  show(PageHeading, {
    props: { title: 'Runs', text: 'Newest first.' },
    slots: { default: '<button>Run now</button>' },
  })
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Runs')
  expect(screen.getByText('Newest first.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Run now' })).toBeTruthy()
})

test('a status is told in words, not by colour alone', () => {
  show(StatusBadge, {
    props: { look: { label: 'Refused', color: 'error', icon: 'i-lucide-circle-x' } },
  })
  expect(screen.getByText('Refused')).toBeTruthy()
})

test('steps say which is done, which goes on and which is to come', () => {
  show(StepLine, {
    props: {
      label: 'Steps',
      steps: [
        { title: 'Usage read', text: '60 customers', state: 'done' },
        { title: 'Posted', text: '3 of 9', state: 'current' },
        { title: 'Ended', text: '', state: 'waiting' },
      ],
    },
  })
  const steps = within(screen.getByRole('list', { name: 'Steps' })).getAllByRole('listitem')
  expect(steps.map((step) => step.textContent?.trim())).toEqual([
    'Usage read, done60 customers',
    'Posted, in progress3 of 9',
    'Ended, not yet',
  ])
  expect(steps[1]?.getAttribute('aria-current')).toBe('step')
})

test('the logo is a picture that is not read out', () => {
  const { container } = show(AppLogo)
  expect(container.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true')
})
