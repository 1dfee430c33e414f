import { formatDay } from '../../format/day.ts'
import type {
  FirstWriteAttemptPartsFragment,
  FirstWriteLinePartsFragment,
} from '../../gql/graphql.ts'

/** What an attempt says of itself: a title, a sentence, and how good it is. */
export interface AttemptWords {
  readonly title: string
  readonly text: string
  readonly color: 'info' | 'success' | 'warning' | 'error'
  readonly icon: string
}

/** Where an attempt stands, in words. */
export function describeAttempt(attempt: FirstWriteAttemptPartsFragment): AttemptWords {
  const where = `${attempt.serviceName} on ${attempt.contractName}, from ${formatDay(attempt.effectiveDay)} on`
  switch (attempt.progress) {
    case 'BEGUN':
      return moving('Reading the contract', where)
    case 'ADDING':
      return moving('Adding one unit and looking at it', where)
    case 'TAKING_BACK':
      return moving('Taking the unit away again and looking', where)
    case 'ENDED':
      return describeEnd(attempt, where)
  }
}

function moving(title: string, text: string): AttemptWords {
  return { title, text: `${text}.`, color: 'info', icon: 'i-lucide-loader-circle' }
}

function describeEnd(attempt: FirstWriteAttemptPartsFragment, where: string): AttemptWords {
  const because = attempt.reason === null ? '' : ` Reason: ${attempt.reason}.`
  switch (attempt.result) {
    case 'RESTORED':
      return {
        title: 'The first write works: one unit was added, seen, taken away, and seen gone',
        text: `${where}: ${attempt.unitsBefore} units as before.`,
        color: 'success',
        icon: 'i-lucide-circle-check',
      }
    case 'UNCHANGED':
      return {
        title: 'Nothing was changed: the first unit was not added',
        text: `${where}.${because}`,
        color: 'warning',
        icon: 'i-lucide-triangle-alert',
      }
    case 'NEEDS_PERSON':
    case null:
      return {
        title: 'Please look at this contract in Autotask: the units are not as before',
        text: `${where}: ${attempt.unitsBefore} units before, ${attempt.units ?? 'different ones'} now.${because}`,
        color: 'error',
        icon: 'i-lucide-circle-x',
      }
  }
}

/** What a first write would do to a line, or why it cannot. */
export function describeLine({ effectiveDay, units }: FirstWriteLinePartsFragment): string {
  if (effectiveDay === null || units === null)
    return 'No billing period lies ahead that is not posted yet'
  return `${units} units from ${formatDay(effectiveDay)} on, ${units + 1} for a moment, then ${units} again`
}
