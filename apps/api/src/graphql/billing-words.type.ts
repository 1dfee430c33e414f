import type {
  CountingBasis as CountingBasisName,
  DeviceCategory as DeviceCategoryName,
  EffectiveDatePolicy as EffectiveDatePolicyName,
  UsageUnit as UsageUnitName,
} from '@trueup/core'
import { registerEnumType } from 'type-graphql'

/** Names of an enum as an object, checked to be complete. */
type Names<Name extends string> = { readonly [Key in Name]: Key }

/** When a change takes effect (product.md, rule 9). */
export const EffectiveDatePolicy: Names<EffectiveDatePolicyName> = {
  PERIOD_START: 'PERIOD_START',
  NEXT_PERIOD: 'NEXT_PERIOD',
  TODAY: 'TODAY',
  ASYMMETRIC: 'ASYMMETRIC',
}
registerEnumType(EffectiveDatePolicy, {
  name: 'EffectiveDatePolicy',
  description: 'When a change of units takes effect.',
  valuesConfig: {
    PERIOD_START: {
      description:
        'Start of the current billing period if it is not posted yet, else of the next one.',
    },
    NEXT_PERIOD: { description: 'Start of the next billing period.' },
    TODAY: { description: 'The day of the run; Autotask prorates the current period.' },
    ASYMMETRIC: { description: 'More units from this period on, fewer from the next one on.' },
  },
})

/** Which of the period's readings counts (product.md, rule 4). */
export const CountingBasis: Names<CountingBasisName> = {
  CURRENT: 'CURRENT',
  PEAK: 'PEAK',
  AVERAGE: 'AVERAGE',
}
registerEnumType(CountingBasis, {
  name: 'CountingBasis',
  description: "Which of the period's readings counts.",
  valuesConfig: {
    CURRENT: { description: 'The newest reading.' },
    PEAK: { description: 'The highest reading of the period.' },
    AVERAGE: {
      description: 'The average of the readings of the period, rounded half up to whole units.',
    },
  },
})

/** What a device is billed as. */
export const DeviceCategory: Names<DeviceCategoryName> = {
  WINDOWS_WORKSTATION: 'WINDOWS_WORKSTATION',
  WINDOWS_SERVER: 'WINDOWS_SERVER',
  NON_WINDOWS: 'NON_WINDOWS',
}
registerEnumType(DeviceCategory, {
  name: 'DeviceCategory',
  description: 'What a device is billed as, when devices are billed by category.',
  valuesConfig: {
    WINDOWS_WORKSTATION: { description: 'A workstation with Windows.' },
    WINDOWS_SERVER: { description: 'A server with Windows.' },
    NON_WINDOWS: { description: 'Any other known operating system.' },
  },
})

/** What one unit of an application is. */
export const UsageUnit: Names<UsageUnitName> = {
  DEVICE: 'DEVICE',
  USER: 'USER',
  MAILBOX: 'MAILBOX',
}
registerEnumType(UsageUnit, {
  name: 'UsageUnit',
  description: 'What one unit of an application is.',
  valuesConfig: {
    DEVICE: { description: 'A device with the application.' },
    USER: { description: 'A user with a licence.' },
    MAILBOX: { description: 'A protected mailbox.' },
  },
})
