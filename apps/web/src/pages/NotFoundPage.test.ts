import { screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { openPage } from '../../test/kit/open-page.ts'
import NotFoundPage from './NotFoundPage.vue'

test('an address that leads nowhere says so and shows the way back', async () => {
  await openPage(NotFoundPage, '/no/such/page')
  expect(await screen.findByText('There is no such page')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Go to the start' }).getAttribute('href')).toBe('/')
})
