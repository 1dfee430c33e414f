import type {
  BrakesInput,
  IntegrationSettingsFragment,
  UpdateIntegrationInput,
} from '../../gql/graphql.ts'

/** Billing rules as they are typed; an empty limit is switched off. */
export interface RulesDraft {
  approvalMode: IntegrationSettingsFragment['approvalMode']
  effectiveDatePolicy: IntegrationSettingsFragment['effectiveDatePolicy']
  countUnknownAsWorkstation: boolean
  countOem: boolean
  countSoftCancelled: boolean
  holdDropToZero: boolean
  holdDoubled: boolean
  limits: Record<LimitName, string>
}

type LimitName = 'lineUnits' | 'linePercent' | 'lineMoney' | 'runUnits' | 'runPercent' | 'runMoney'

/** The limits with their labels, in the order they are shown. */
export const limits: readonly { name: LimitName; label: string; help: string; decimal: boolean }[] =
  [
    {
      name: 'lineUnits',
      label: 'Units of one line',
      help: 'A change of more units than this waits.',
      decimal: false,
    },
    {
      name: 'linePercent',
      label: 'Percent of one line',
      help: 'A change of more than this share of the line waits.',
      decimal: false,
    },
    {
      name: 'lineMoney',
      label: 'Money of one line',
      help: 'A change worth more than this a period waits.',
      decimal: true,
    },
    {
      name: 'runUnits',
      label: 'Units of a whole run',
      help: 'A run that changes more units than this waits.',
      decimal: false,
    },
    {
      name: 'runPercent',
      label: 'Percent of a whole run',
      help: 'A run that changes more than this share of all units waits.',
      decimal: false,
    },
    {
      name: 'runMoney',
      label: 'Money of a whole run',
      help: 'A run worth more than this a period waits.',
      decimal: true,
    },
  ]

/** The stored rules as form values. */
export function toRulesDraft({
  approvalMode,
  effectiveDatePolicy,
  countUnknownAsWorkstation,
  countOem,
  countSoftCancelled,
  brakes,
}: IntegrationSettingsFragment): RulesDraft {
  return {
    approvalMode,
    effectiveDatePolicy,
    countUnknownAsWorkstation,
    countOem,
    countSoftCancelled,
    holdDropToZero: brakes.holdDropToZero,
    holdDoubled: brakes.holdDoubled,
    limits: {
      lineUnits: String(brakes.lineUnits ?? ''),
      linePercent: String(brakes.linePercent ?? ''),
      lineMoney: brakes.lineMoney ?? '',
      runUnits: String(brakes.runUnits ?? ''),
      runPercent: String(brakes.runPercent ?? ''),
      runMoney: brakes.runMoney ?? '',
    },
  }
}

/** What is wrong with a typed limit before it is sent; undefined when it can be sent. */
export function checkLimit(text: string, decimal: boolean): string | undefined {
  const typed = text.trim()
  if (typed === '') return undefined
  if (decimal)
    return /^\d+(\.\d+)?$/.test(typed)
      ? undefined
      : 'Write an amount like 250.00, or leave it empty.'
  return /^\d{1,9}$/.test(typed) ? undefined : 'Write a whole number, or leave it empty.'
}

/** The rules as the API takes them. */
export function toRulesInput(draft: RulesDraft): UpdateIntegrationInput {
  const {
    approvalMode,
    effectiveDatePolicy,
    countUnknownAsWorkstation,
    countOem,
    countSoftCancelled,
    holdDropToZero,
    holdDoubled,
  } = draft
  const whole = (text: string): number | null => (text.trim() === '' ? null : Number(text))
  const amount = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  const brakes: BrakesInput = {
    lineUnits: whole(draft.limits.lineUnits),
    linePercent: whole(draft.limits.linePercent),
    lineMoney: amount(draft.limits.lineMoney),
    runUnits: whole(draft.limits.runUnits),
    runPercent: whole(draft.limits.runPercent),
    runMoney: amount(draft.limits.runMoney),
    holdDropToZero,
    holdDoubled,
  }
  return {
    approvalMode,
    effectiveDatePolicy,
    countUnknownAsWorkstation,
    countOem,
    countSoftCancelled,
    brakes,
  }
}
