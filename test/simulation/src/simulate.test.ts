import type { ContractLedger, UsageSource } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import type { Parts } from './mortal-parts.ts'
import { simulate, SimulationFailure } from './simulate.ts'

const MONTHS = 2

/** In these months programs die and answers are lost. */
const STORMY_SEED = 1

describe('months of unrest', () => {
  test.each([2, 3, 4, 7])(
    'come to rest every month on what is used, with every adjustment posted once (seed %i)',
    async (seed) => {
      const story = await simulate({ seed, months: MONTHS })
      expect(story.linesProven).toBeGreaterThan(0)
      expect(story.adjustments).toBeGreaterThan(0)
    },
  )

  test('have programs that die and answers that are lost, and are the same for the same seed', async () => {
    const story = await simulate({ seed: STORMY_SEED, months: MONTHS })
    expect(story.deaths).toBeGreaterThan(0)
    expect(story.lostAnswers).toBeGreaterThan(0)
    expect(await simulate({ seed: STORMY_SEED, months: MONTHS })).toEqual(story)
  })
})

// What a simulation does not notice it does not prove.
describe('the simulation notices', () => {
  const tamperLedger =
    (change: (ledger: ContractLedger) => Partial<ContractLedger>) =>
    (parts: Parts): Parts => ({
      ...parts,
      ledger: { ...parts.ledger, ...change(parts.ledger) },
    })

  test('a program that posts again when an answer is lost', async () => {
    const tamper = tamperLedger((ledger) => ({
      applyAdjustment: async (request, options) => {
        const outcome = await ledger.applyAdjustment(request, options)
        if (outcome.kind !== 'UNKNOWN') return outcome
        return await ledger.applyAdjustment(request, options)
      },
    }))
    const running = simulate({ seed: STORMY_SEED, months: MONTHS, tamper })
    await expect(running).rejects.toThrow(SimulationFailure)
    await expect(running).rejects.toThrow(/was posted 2 times and is explained/u)
  })

  test('posts that never leave', async () => {
    const tamper = tamperLedger(() => ({
      applyAdjustment: () => Promise.resolve({ kind: 'ACCEPTED' }),
    }))
    await expect(simulate({ seed: 1, months: 1, tamper })).rejects.toThrow(SimulationFailure)
  })

  test('a reading that loses a device', async () => {
    const tamper = (parts: Parts): Parts => ({ ...parts, source: losingOne(parts.source) })
    const running = simulate({ seed: 1, months: 1, tamper })
    await expect(running).rejects.toThrow(/has \d+ from .* and should have \d+/u)
  })
})

/** A source that never sees the first device of anything. */
function losingOne(source: UsageSource): UsageSource {
  return {
    readTenants: (options) => source.readTenants(options),
    readUsage: async (options) => {
      const reading = await source.readUsage(options)
      const readings = reading.readings.map((one) => {
        if (!one.complete) return one
        const applications = one.applications.map((usage) => {
          const [lost, ...devices] = usage.devices ?? []
          if (lost === undefined || usage.byCategory === undefined) return usage
          const byCategory = {
            ...usage.byCategory,
            [lost.category]: usage.byCategory[lost.category] - 1,
          }
          return { ...usage, quantity: usage.quantity - 1, byCategory, devices }
        })
        return { ...one, applications }
      })
      return { ...reading, readings }
    },
  }
}
