import type { ContractId } from '@trueup/core'
import { createFakeClock, createMemoryJournal, createMemoryLedger } from '@trueup/core/testing'
import { expect, test } from 'vitest'
import { createMortalParts, type Accident, type MortalParts } from './mortal-parts.ts'

const CONTRACT = 'contract-1' as ContractId
const OTHER = 'contract-2' as ContractId

function startProgram(accident: Accident | null) {
  const journal = createMemoryJournal()
  const ledger = createMemoryLedger()
  const source = {
    readTenants: () => Promise.resolve([]),
    readUsage: () => Promise.reject(new Error('away')),
  }
  const parts = createMortalParts({ ledger, source, journal, clock: createFakeClock() }, accident)
  return { parts, journal, ledger }
}

/** Two locks and a pause; notes what the program gets to know. */
async function work(parts: MortalParts, known: string[]): Promise<void> {
  try {
    const lock = await parts.journal.lockContract(CONTRACT)
    known.push('locked')
    await parts.clock.sleep(5)
    known.push('slept')
    await lock?.release()
    known.push('released')
  } finally {
    known.push('cleaned up')
  }
}

async function runTo(accident: Accident | null) {
  const started = startProgram(accident)
  const known: string[] = []
  await Promise.race([work(started.parts, known), started.parts.died])
  await started.parts.settled()
  const isFree = (await started.journal.lockContract(CONTRACT)) !== null
  return { known, isFree, isDead: started.parts.isDead() }
}

test('a program without accident runs to its end', async () => {
  const whole = ['locked', 'slept', 'released', 'cleaned up']
  expect(await runTo(null)).toEqual({ known: whole, isFree: true, isDead: false })
})

test('a program that dies before a call has not made it, and cleans nothing up', async () => {
  const ended = await runTo({ call: 1, kind: 'DIES_BEFORE' })
  expect(ended).toEqual({ known: [], isFree: true, isDead: true })
})

test('a program that dies after a call has made it and does not know', async () => {
  const ended = await runTo({ call: 1, kind: 'DIES_AFTER' })
  expect(ended).toEqual({ known: [], isFree: false, isDead: true })
})

test('a dead program makes no further call, also not where it was doing two things at once', async () => {
  const { parts, journal } = startProgram({ call: 1, kind: 'DIES_AFTER' })
  void parts.journal.lockContract(CONTRACT)
  await parts.died
  void parts.journal.lockContract(OTHER)
  await parts.settled()
  expect(await journal.lockContract(OTHER)).not.toBeNull()
})

test('something else can happen between two calls, and the program goes on', async () => {
  const happened: string[] = []
  const ended = await runTo({ call: 2, kind: 'MEANWHILE', happens: () => happened.push('edited') })
  expect(happened).toEqual(['edited'])
  expect(ended).toMatchObject({
    known: expect.arrayContaining(['slept']) as unknown,
    isDead: false,
  })
})

test('a call that fails tells the program so', async () => {
  const { parts } = startProgram(null)
  await expect(parts.source.readUsage({})).rejects.toThrow('away')
})
