import { expect, test } from 'vitest'
import type { ReconcileInput } from '../../src/reconcile.ts'
import { replayDay } from '../../src/replay.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * A past day is computed again from what was stored with its run, and compared with what was written.
 *
 *     Oct 10: wrote 0 -> 12          replayed as it was: no difference
 *                                    replayed with 2 free units: 10, not 12
 */
test('the same rules on a stored day would write the same', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const events = await story.run()
  const reconciled = events.find((event) => event.kind === 'reconciled')
  const written = events.flatMap((event) => (event.kind === 'confirmed' ? [event.adjustment] : []))
  if (reconciled === undefined) throw new Error('nothing was planned')
  const stored = JSON.parse(JSON.stringify(reconciled.input)) as ReconcileInput
  expect(replayDay(stored, written).differences).toEqual([])

  const [mapping] = stored.serviceMappings
  if (mapping === undefined) throw new Error('nothing is mapped')
  const serviceMappings = [{ ...mapping, counting: { ...mapping.counting, includedUnits: 2 } }]
  const { differences } = replayDay({ ...stored, serviceMappings }, written)
  expect(differences.map(({ replayed, written: wrote }) => [replayed, wrote])).toEqual([
    [
      { before: 0, after: 10 },
      { before: 0, after: 12 },
    ],
  ])
})
