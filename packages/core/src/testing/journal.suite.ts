import type { LineRecord } from '../history.ts'
import type { AdjustmentIntent, Journal, Settlement } from '../ports.ts'
import { IntentConflict } from '../ports.ts'
import { toDay } from '../values/day.ts'
import type { ContractId, LineId, ServiceId } from '../values/ids.ts'
import type { ConformanceTest, Subject } from './conformance.ts'
import { check, checkEqual, conformanceTest } from './conformance.ts'

/** A journal without any entry for the line named here. */
export interface JournalSubject extends Subject {
  readonly journal: Journal
  /** A second one on the same store, as another process would have it. */
  readonly other?: Journal
  readonly contract: ContractId
  readonly service: ServiceId
  readonly line: LineId
}

/** The promises of {@link Journal}. */
export function journalSuite(open: () => Promise<JournalSubject>): ConformanceTest[] {
  return [...intentTests(open), ...settleTests(open), ...lockTests(open)]
}

type Open = () => Promise<JournalSubject>

function intentTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest('a stored intent is unsettled and counted', open, async (subject) => {
      const { journal } = subject
      await journal.recordIntent(intentOf(subject))
      const unsettled = await journal.readUnsettled()
      checkEqual(
        unsettled.filter(({ contract }) => contract === subject.contract),
        [intentOf(subject)],
        'the intent comes back as it was stored',
      )
      const record = await recordOf(subject)
      checkEqual(record.ordinal, 1, 'the line counts one intent')
      checkEqual(record.unsettledKey, intentOf(subject).key, 'the line knows its unsettled intent')
      checkEqual(record.ownership, 'UNDECIDED', 'an intent alone does not make a line ours')
    }),
    conformanceTest(
      'a line takes no second intent while one is unsettled',
      open,
      async (subject) => {
        await subject.journal.recordIntent(intentOf(subject))
        await mustConflict(subject.journal, intentOf(subject, { ordinal: 2, key: 'second' }))
      },
    ),
    conformanceTest(
      'an intent that skips or repeats a number is rejected',
      open,
      async (subject) => {
        await mustConflict(subject.journal, intentOf(subject, { ordinal: 2, key: 'skips' }))
        await confirm(subject, intentOf(subject))
        await mustConflict(subject.journal, intentOf(subject, { key: 'same number again' }))
        checkEqual((await recordOf(subject)).ordinal, 1, 'a rejected intent is not counted')
      },
    ),
    conformanceTest(
      'of two writers with the same knowledge exactly one wins',
      open,
      async (subject) => {
        const { journal, other = journal } = subject
        const tries = await Promise.allSettled([
          journal.recordIntent(intentOf(subject)),
          other.recordIntent(intentOf(subject)),
        ])
        const won = tries.filter(({ status }) => status === 'fulfilled')
        checkEqual(won.length, 1, 'one of the two is stored')
        const lost = tries.find((one) => one.status === 'rejected')
        check(
          lost?.reason instanceof IntentConflict,
          'the other one is told of a conflict',
          String(lost?.reason),
        )
      },
    ),
    conformanceTest('nothing is taken back twice', open, async (subject) => {
      await confirm(subject, intentOf(subject))
      const takesBack = intentOf(subject).key
      const back = intentOf(subject, { ordinal: 2, key: 'back', takesBack })
      await subject.journal.recordIntent(back)
      await subject.journal.settle('back', { kind: 'REFUSED', reason: 'no' })
      const again = intentOf(subject, { ordinal: 3, key: 'back again', takesBack })
      await confirm(subject, again)
      await mustConflict(
        subject.journal,
        intentOf(subject, { ordinal: 4, key: 'twice', takesBack }),
      )
    }),
  ]
}

function settleTests(open: Open): ConformanceTest[] {
  const ended: readonly Exclude<Settlement['kind'], 'UNKNOWN'>[] = [
    'CONFIRMED',
    'REFUSED',
    'NOT_SENT',
    'LAPSED',
    'RESOLVED',
  ]
  return [
    ...ended.map((kind) =>
      conformanceTest(`${kind} moves the line's record as the port says`, open, async (subject) => {
        await subject.journal.recordIntent(intentOf(subject))
        await subject.journal.settle(intentOf(subject).key, settlementOf(kind, subject))
        const record = await recordOf(subject)
        const isOurs = kind === 'CONFIRMED' || kind === 'RESOLVED'
        checkEqual(record.unsettledKey, null, 'the line is free')
        checkEqual(record.ownership, isOurs ? 'OWNED' : 'UNDECIDED', 'ownership')
        checkEqual(record.lapsedInARow, kind === 'LAPSED' ? 1 : 0, 'lapses in a row')
        const confirmed = { units: 12, effectiveDay: toDay('2026-10-01') }
        checkEqual(record.confirmed, kind === 'CONFIRMED' ? confirmed : null, 'what was confirmed')
        checkEqual(
          record.line,
          kind === 'CONFIRMED' ? subject.line : null,
          'the line that was made',
        )
        checkEqual(await unsettledKeys(subject), [], 'nothing is unsettled')
      }),
    ),
    conformanceTest(
      'UNKNOWN leaves the intent unsettled and the line blocked',
      open,
      async (subject) => {
        const { key } = intentOf(subject)
        await subject.journal.recordIntent(intentOf(subject))
        await subject.journal.settle(key, { kind: 'UNKNOWN', reason: 'lost', unitsSeen: null })
        checkEqual(await unsettledKeys(subject), [key], 'the intent is unsettled')
        checkEqual((await recordOf(subject)).unsettledKey, key, 'the line is blocked')
        await subject.journal.settle(key, settlementOf('CONFIRMED', subject))
        checkEqual(await unsettledKeys(subject), [], 'a later reading ends it')
      },
    ),
    conformanceTest('what has ended stays as it ended', open, async (subject) => {
      await confirm(subject, intentOf(subject))
      await subject.journal.settle(intentOf(subject).key, { kind: 'LAPSED', reason: 'late' })
      const record = await recordOf(subject)
      checkEqual(record.confirmed?.units, 12, 'the confirmation stands')
      checkEqual(record.lapsedInARow, 0, 'nothing is counted twice')
    }),
    conformanceTest(
      'lapses count in a row, and a confirmation ends the row',
      open,
      async (subject) => {
        for (const ordinal of [1, 2]) {
          const key = `lapse ${ordinal}`
          await subject.journal.recordIntent(intentOf(subject, { ordinal, key }))
          await subject.journal.settle(key, { kind: 'LAPSED', reason: 'gone' })
        }
        checkEqual((await recordOf(subject)).lapsedInARow, 2, 'two in a row')
        await confirm(subject, intentOf(subject, { ordinal: 3, key: 'third' }))
        checkEqual((await recordOf(subject)).lapsedInARow, 0, 'the row has ended')
      },
    ),
  ]
}

function lockTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest('a contract has one writer at a time', open, async (subject) => {
      const { journal, other = journal, contract } = subject
      const lock = await journal.lockContract(contract)
      check(lock !== null, 'a free contract can be locked')
      checkEqual(await other.lockContract(contract), null, 'a locked contract cannot')
      const neighbour = await other.lockContract(`${contract}-2` as ContractId)
      check(neighbour !== null, 'another contract can')
      await lock.release()
      const next = await other.lockContract(contract)
      check(next !== null, 'a released contract can be locked again')
      await next.release()
      await neighbour.release()
    }),
    conformanceTest('records are given for the contracts asked for only', open, async (subject) => {
      await confirm(subject, intentOf(subject))
      checkEqual(await subject.journal.readLineRecords([]), [], 'no contract, no record')
    }),
  ]
}

function intentOf(
  { contract, service }: JournalSubject,
  changes: Partial<AdjustmentIntent> = {},
): AdjustmentIntent {
  return {
    key: `${contract}/${service}/1`,
    ordinal: 1,
    contract,
    service,
    line: null,
    effectiveDay: toDay('2026-10-01'),
    before: 10,
    after: 12,
    attempt: 1,
    recordedAtMs: 1_790_000_000_000,
    takesBack: null,
    ...changes,
  }
}

function settlementOf(
  kind: Exclude<Settlement['kind'], 'UNKNOWN'>,
  { line }: JournalSubject,
): Settlement {
  return kind === 'CONFIRMED' ? { kind, line, units: 12 } : { kind, reason: 'as the test says' }
}

async function confirm(subject: JournalSubject, intent: AdjustmentIntent): Promise<void> {
  await subject.journal.recordIntent(intent)
  await subject.journal.settle(intent.key, settlementOf('CONFIRMED', subject))
}

async function recordOf({ journal, contract, service }: JournalSubject): Promise<LineRecord> {
  const records = await journal.readLineRecords([contract])
  const record = records.find((candidate) => candidate.service === service)
  check(record !== undefined, 'a line with an intent has a record', records)
  return record
}

async function unsettledKeys({ journal, contract }: JournalSubject): Promise<string[]> {
  const unsettled = await journal.readUnsettled()
  return unsettled.filter((intent) => intent.contract === contract).map(({ key }) => key)
}

async function mustConflict(journal: Journal, intent: AdjustmentIntent): Promise<void> {
  const error: unknown = await journal.recordIntent(intent).then(
    () => null,
    (reason: unknown) => reason,
  )
  check(
    error instanceof IntentConflict,
    'the intent is rejected with IntentConflict',
    String(error),
  )
}
