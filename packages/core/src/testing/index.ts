export {
  aContract,
  ACCOUNT,
  anAccountMapping,
  anIncompleteReading,
  aReading,
  aService,
  aServiceMapping,
  CONTRACT,
  ENDPOINT,
  ENDPOINT_SERVICE,
  NORTHWIND,
  someSettings,
  someUsage,
  usageOf,
} from './builders.ts'
export type { FakeClock } from './fake-clock.ts'
export { createFakeClock } from './fake-clock.ts'
export type { JournalEntry, MemoryJournal } from './memory-journal.ts'
export { createMemoryJournal, freshRecord } from './memory-journal.ts'
export type { LedgerFault, MemoryLedger } from './memory-ledger.ts'
export { createMemoryLedger } from './memory-ledger.ts'
export type { UnitBookRules } from './unit-rows.ts'
export type { ConformanceTest, Subject } from './conformance.ts'
export { check, checkEqual, ConformanceError, conformanceTest } from './conformance.ts'
export type { LedgerSubject } from './contract-ledger.suite.ts'
export { contractLedgerSuite } from './contract-ledger.suite.ts'
export type { JournalSubject } from './journal.suite.ts'
export { journalSuite } from './journal.suite.ts'
export type { SourceSubject } from './usage-source.suite.ts'
export { usageSourceSuite } from './usage-source.suite.ts'
