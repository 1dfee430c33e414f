import { configure } from '@testing-library/vue'
import { afterEach } from 'vitest'
import { closePages } from './open-page.ts'

configure({
  asyncUtilTimeout: 5000,
  // Whether each ancestor is visible costs more time than all the rest of a test.
  defaultHidden: true,
  // The whole page as text helps nobody; the sentence says what was not found.
  getElementError: (message) => new Error(message ?? 'not found'),
})
afterEach(closePages)
