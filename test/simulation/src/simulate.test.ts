import { expect, test } from 'vitest'
import { simulate, SimulationFailure } from './simulate.ts'

const MOST_MS = 90_000

test.each([1, 2, 3])(
  'months of faults, crashes, hand edits and posting end with the right units, billed once: seed %i',
  async (seed) => {
    const story = await simulate({ seed, months: 2 })
    expect(story.runs).toBeGreaterThan(10)
    expect(story.linesProven).toBeGreaterThan(10)
  },
  MOST_MS,
)

test(
  'a program that sends every post twice is caught',
  async () => {
    const twice = simulate({
      seed: 1,
      months: 2,
      tamper: (parts) => ({
        ...parts,
        ledger: {
          ...parts.ledger,
          applyAdjustment: async (request, options) => {
            await parts.ledger.applyAdjustment(request, options)
            return parts.ledger.applyAdjustment(request, options)
          },
        },
      }),
    })
    await expect(twice).rejects.toThrow(SimulationFailure)
  },
  MOST_MS,
)
