import type { ApprovalMode, EffectiveDatePolicy, UsageSourceKind } from '../../gql/graphql.ts'

/** Where usage can come from. */
export const usageSources: readonly {
  value: UsageSourceKind
  label: string
  description: string
}[] = [
  {
    value: 'SECURITY_CENTER',
    label: 'Kaspersky Security Center',
    description: 'Virtual servers, read every night by the Open API, down to the device.',
  },
  {
    value: 'LICENCE_REPORT',
    label: 'Licence reports of Kaspersky Endpoint Security Cloud',
    description:
      'Workspaces. Export the report in the console and upload it here, or let a program report.',
  },
]

/** Choices of the approval mode with what each means. */
export const approvalModes: readonly { value: ApprovalMode; label: string; description: string }[] =
  [
    {
      value: 'AUTOMATIC',
      label: 'Automatic',
      description: 'Changes are posted at once. Only what a brake stops waits for a person.',
    },
    {
      value: 'MANUAL',
      label: 'By hand',
      description: 'Every change waits until a person approves, holds or dismisses it.',
    },
  ]

/** Choices of the date from which a change counts. */
export const datePolicies: readonly {
  value: EffectiveDatePolicy
  label: string
  description: string
}[] = [
  {
    value: 'PERIOD_START',
    label: 'Start of the period',
    description:
      'From the first day of the current period; of the next one if the current is already posted.',
  },
  {
    value: 'NEXT_PERIOD',
    label: 'Next period',
    description: 'Always from the first day of the next period.',
  },
  {
    value: 'TODAY',
    label: 'Today',
    description: 'From the day of the run. Autotask prorates the current period.',
  },
  {
    value: 'ASYMMETRIC',
    label: 'More now, less later',
    description: 'More units from this period, fewer from the next.',
  },
]

/** Names of the IANA time zones this browser knows, with UTC first. */
export function listTimeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** Hours of the day as people write them. */
export const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: hour,
  label: `${String(hour).padStart(2, '0')}:00`,
}))
