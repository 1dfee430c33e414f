import { expect, test } from 'vitest'
import { pairByLikeness } from './likeness.ts'

const named = (...names: string[]) => names.map((name) => ({ name }))
const pairsOf = (left: string[], right: string[]) =>
  [...pairByLikeness(named(...left), named(...right))].map(([one, other]) => [one.name, other.name])

test('legal forms, towns, accents and slips of the pen do not keep a customer from being found', () => {
  expect(
    pairsOf(
      ['Grünwald Spedition', 'Lefèvre Imprimerie', 'Öllinger Seilbahnen', 'Hölzl Weingut'],
      [
        'GRÜNWALD SPEDITION GMBH',
        'Imprimerie Lefevre (Nîmes)',
        'Oellinger Seilbahnen KG',
        'Hözll Weingut OG',
      ],
    ),
  ).toEqual([
    ['Grünwald Spedition', 'GRÜNWALD SPEDITION GMBH'],
    ['Lefèvre Imprimerie', 'Imprimerie Lefevre (Nîmes)'],
    ['Öllinger Seilbahnen', 'Oellinger Seilbahnen KG'],
    ['Hölzl Weingut', 'Hözll Weingut OG'],
  ])
})

test('an account is paired once, with the name that resembles it most', () => {
  expect(pairsOf(['Rüegg Treuhand', 'Rüegg Treuhand Zürich'], ['Rüegg Treuhand AG'])).toEqual([
    ['Rüegg Treuhand', 'Rüegg Treuhand AG'],
  ])
})

test('names that resemble nothing stay alone', () => {
  expect(pairsOf(['Bünzli Käserei'], ['Martínez Ríos Logística S.L.'])).toEqual([])
})
