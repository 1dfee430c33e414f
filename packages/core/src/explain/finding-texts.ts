import type { Finding, FindingCode } from '../issue.ts'

type Facts = Finding['facts']
type Text = (name: string, facts: Facts) => string

const contractOf = (facts: Facts): string => `contract ${facts.contractName ?? facts.contract}`
const serviceOf = (facts: Facts): string => `service ${facts.serviceName ?? facts.service}`

const TAKE_BACK_REASONS: Readonly<Record<string, string>> = {
  ALREADY_TAKEN_BACK: 'it was taken back before',
  CONTRACT_DOES_NOT_COVER_DAY: 'its contract is gone, or has ended or not begun on its day',
  LINE_MISSING: 'its line is not on the contract any more',
  NO_OPEN_PERIOD: 'every period until the end of the contract is posted',
  LATER_CHANGES: 'another change lies on the line for a later day',
  NEWER_ONE_HELD: 'a newer one of its line comes first and is held',
  NOTHING_LEFT: 'the line does not carry its units any more',
}

const TEXTS: Readonly<Record<FindingCode, Text>> = {
  TENANT_UNMAPPED: (name) => `${name} is not mapped to an account, so nothing is billed for it.`,
  TENANT_VANISHED: (name) =>
    `${name} is gone from the usage source. Its contract stays as it is and is not adjusted any more.`,
  BILLING_OFF: (name) => `Billing of ${name} is switched off.`,
  CONTRACT_NOT_CHOSEN: (name) => `No contract is chosen for ${name}.`,
  CONTRACT_MISSING: (name, facts) => `Contract ${facts.contract} of ${name} cannot be found.`,
  CONTRACT_OF_ANOTHER_ACCOUNT: (name, facts) =>
    `The ${contractOf(facts)} belongs to another account than ${name} is mapped to.`,
  CONTRACT_NOT_RECURRING: (name, facts) =>
    `The ${contractOf(facts)} of ${name} is not one of recurring services.`,
  CONTRACT_ENDED: (name, facts) =>
    `The ${contractOf(facts)} of ${name} ended on ${facts.endDay}. Choose another one.`,
  CONTRACT_NOT_STARTED: (name, facts) =>
    `The ${contractOf(facts)} of ${name} begins on ${facts.startDay}.`,
  CONTRACT_ENDING: (name, facts) =>
    `The ${contractOf(facts)} of ${name} ends on ${facts.endDay}, in ${facts.daysLeft} days.`,
  CONTRACT_INACTIVE: (name, facts) =>
    `The ${contractOf(facts)} of ${name} is inactive. It goes on billing until it ends.`,
  CONTRACT_RENEWED: (name, facts) =>
    `The ${contractOf(facts)} of ${name} ended on ${facts.endDay} and goes on as ${facts.renewedAs}. Choose that one.`,
  CONTRACT_SHARED: (name, facts) =>
    `The ${contractOf(facts)} is chosen for ${name} and for another customer. Neither is billed.`,
  APPLICATION_UNMAPPED: (name, facts) =>
    `${name} is in use (${facts.units} units, ${facts.tenants} customers) and mapped to no service.`,
  CATEGORY_UNMAPPED: (name, facts) =>
    `${name} is in use in the category ${facts.category} (${facts.units} units, ${facts.tenants} customers), which is mapped to no service.`,
  UNKNOWN_CATEGORY: (name, facts) =>
    `${facts.devices} devices of ${name} with ${facts.application} have an unknown operating system. ${
      facts.countedAsWorkstation === 0 ? 'They are not billed.' : 'They count as workstations.'
    }`,
  SERVICE_MISSING: (name, facts) =>
    `Service ${name} is mapped and not in the catalogue any more; ${facts.lines} lines wait for it.`,
  SERVICE_INACTIVE: (name, facts) =>
    `Service ${name} is inactive; ${facts.lines} lines use it. It is not added to further contracts.`,
  SERVICE_PERIOD_DIFFERS: (name, facts) =>
    `Service ${name} is priced for another period than that of the contract, on ${facts.lines} lines.`,
  READING_INCOMPLETE: (name, facts) =>
    `${name} could not be read completely on ${facts.usageDay} (${facts.reason}). Nothing is changed.`,
  READING_MISSING: (name) => `There is no reading of ${name}. Nothing is changed.`,
  READING_TOO_OLD: (name, facts) =>
    `The newest reading of ${name} is of ${facts.usageDay}, ${facts.ageDays} days ago. Nothing is changed.`,
  EVIDENCE_MISSING: (name, facts) =>
    `The source does not name the devices of ${name}, so its rule cannot be applied for ${facts.tenants} customers. Their lines wait.`,
  DEVICES_OF_NO_TENANT: (name, facts) =>
    `${facts.devices} devices use ${name} on the physical server itself, where they belong to no customer. They are not billed.`,
  DIRECTORY_NOT_READ: (name, facts) =>
    `The accounts, contracts and services of ${name} could not be read anew (${facts.failure}). What was known before is billed.`,
  PERIODS_POSTED_TO_END: (name, facts) =>
    `The ${serviceOf(facts)} of ${name} should carry ${facts.target} units and carries ${facts.billed}, and no open period is left before the contract ends.`,
  LINE_STOPPED: (name, facts) =>
    `The ${serviceOf(facts)} of ${name} is stopped by decision. It carries ${facts.billed} units; ${facts.target} would be due.`,
  LINE_NO_LONGER_MAPPED: (name, facts) =>
    `The ${serviceOf(facts)} of ${name} carries ${facts.units} units that Trueup wrote and that no mapping feeds any more. They stay until somebody decides.`,
  ACCOUNT_PARKED: (name, facts) =>
    `${name} is parked in this run (${facts.because}). The other customers are billed.`,
  TAKE_BACK_IMPOSSIBLE: (name, facts) =>
    `The adjustment ${name} cannot be taken back: ${TAKE_BACK_REASONS[String(facts.reason)] ?? facts.reason}.`,
  TAKE_BACK_PARTIAL: (name, facts) =>
    `The adjustment ${name} can be taken back by ${facts.change} from ${facts.from} on; ${facts.wanted} from ${facts.wantedFrom} on were wanted. What was invoiced in between has to be credited by hand.`,
}

/** A finding as a sentence in English. The facts stay the truth; the sentence may change. */
export function describeFinding({ code, subject, facts }: Finding): string {
  return TEXTS[code](subject.name, facts)
}
