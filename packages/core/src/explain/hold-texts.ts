import type { Hold, HoldCode } from '../plan.ts'

type Text = (facts: Hold['facts']) => string

const TEXTS: Readonly<Record<HoldCode, Text>> = {
  UNOWNED_UNITS: (facts) =>
    `The line already carries ${facts.unitsOnLine} units that Trueup did not write; ${facts.counted} are due. Own the whole line, or keep those units on top.`,
  DRIFT: (facts) =>
    `Trueup wrote ${facts.unitsWritten} units for ${facts.writtenFor}; from ${facts.seenFrom} on the line carries ${facts.unitsSeen}. Somebody edited it.`,
  AMBIGUOUS_LINE: (facts) =>
    `The service is on the contract ${facts.lines} times. Choose the line to bill on.`,
  UNREADABLE_LINE: (facts) =>
    `The line's periods do not say how many units it carries (${facts.reason}).`,
  UNSETTLED_ADJUSTMENT: (facts) =>
    facts.unsettledKey === null
      ? `${facts.lapsedInARow} posts in a row never arrived. Look at the line before another one is tried.`
      : `It is not known what became of the adjustment ${facts.unsettledKey}. Look at the line.`,
  LINE_LIMIT_UNITS: (facts) => `${change(facts)} is more than ${facts.limit} units.`,
  LINE_LIMIT_PERCENT: (facts) => `${change(facts)} is more than ${facts.limit} per cent.`,
  LINE_LIMIT_MONEY: (facts) => `${change(facts)} changes the invoice by more than ${facts.limit}.`,
  DROP_TO_ZERO: (facts) => `${change(facts)} ends the billing of this line.`,
  DOUBLED: (facts) => `${change(facts)} at least doubles the line.`,
  RUN_LIMIT_UNITS: (facts) =>
    `The run would change ${facts.runUnits} units, ${facts.accountUnits} of them here, and the limit is ${facts.limit}.`,
  RUN_LIMIT_PERCENT: (facts) =>
    `The run would change ${facts.runUnits} units, ${facts.accountUnits} of them here, of ${facts.billedUnits} that are billed, and the limit is ${facts.limit} per cent.`,
  RUN_LIMIT_MONEY: (facts) =>
    `The run would change invoices by ${facts.runMoney}, by ${facts.accountMoney} here, and the limit is ${facts.limit}.`,
}

/** Why something is held, as a sentence in English. The facts stay the truth; the sentence may change. */
export function describeHold({ code, facts }: Pick<Hold, 'code' | 'facts'>): string {
  return TEXTS[code](facts)
}

function change(facts: Hold['facts']): string {
  return `The change from ${facts.before} to ${facts.after} units`
}
