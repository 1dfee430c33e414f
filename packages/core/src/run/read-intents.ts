import type { WrittenState } from '../billed.ts'
import { splitByContract } from '../billed.ts'
import type { AdjustmentIntent } from '../ports.ts'
import { earlierDay } from '../values/day.ts'
import type { ContractId } from '../values/ids.ts'
import type { ReadyParts } from './parts.ts'

/**
 * What the PSA shows of the lines of intents, at least one, in one go and contract by contract. Each line is read around its own
 * day: they can lie many periods apart, and a reading shows two of them.
 */
export async function readIntents(
  { ledger, options }: Pick<ReadyParts, 'ledger' | 'options'>,
  intents: readonly AdjustmentIntent[],
): Promise<(contract: ContractId) => WrittenState> {
  const fromDay = intents.map(({ effectiveDay }) => effectiveDay).reduce(earlierDay)
  const written = intents.map(({ contract, service, line, effectiveDay }) => ({
    contract,
    service,
    line,
    effectiveDay,
  }))
  return splitByContract(await ledger.readWritten({ written, fromDay }, options))
}
