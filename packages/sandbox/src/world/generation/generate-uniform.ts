import { addDays, addMonths } from '../../calendar.ts'
import type { Clock } from '../../clock.ts'
import { DEFAULT_SWITCHES } from '../../switches.ts'
import { createAutotaskState, type AutotaskState } from '../autotask-state.ts'
import { createHand } from '../hand.ts'

/** A world of many accounts that are all alike. */
export interface UniformOptions {
  accounts: number
  /** Lines of each account's one contract. */
  lines: number
  /** Monthly periods of each contract; the running one is in the middle. */
  periods: number
  /** Units of every line; leave out for lines without unit rows. */
  units?: number | undefined
}

/** Accounts x lines x periods unit rows, for measurements and for worlds that a test builds by hand. */
export function generateUniform(options: UniformOptions & { clock: Clock }): AutotaskState {
  const { clock, accounts, lines, periods, units } = options
  const autotask = createAutotaskState()
  const hand = createHand({ autotask, clock, switches: DEFAULT_SWITCHES })
  hand.addAccount({ id: 0, companyName: 'Own company' })
  const services = Array.from({ length: lines }, (_, index) =>
    hand.addService({ name: `Service ${index + 1}`, sku: `S${index + 1}`, unitPrice: 3 + index }),
  )
  const startDate = addMonths(`${clock.day().slice(0, 8)}01`, -Math.floor(periods / 2))
  const endDate = addDays(addMonths(startDate, periods), -1)
  for (let index = 1; index <= accounts; index += 1) {
    const account = hand.addAccount({ companyName: `Customer ${index}` })
    const contract = hand.addContract({ companyID: account.id, startDate, endDate })
    for (const service of services) {
      hand.addLine({ contractID: contract.id, serviceID: service.id, units })
    }
  }
  return autotask
}
