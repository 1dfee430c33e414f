import type { FindingCode, Subject } from '@trueup/core'

/** Codes of what a mutation can be refused for; each has a heading in docs/errors.md. */
export type ProblemCode =
  | 'SIGN_IN_REFUSED'
  | 'SIGN_IN_PAUSED'
  | 'PASSWORD_WRONG'
  | 'PASSWORD_TOO_SHORT'
  | 'PASSWORD_TOO_LONG'
  | 'PERSON_REQUIRED'
  | 'PRACTICE_ONLY'
  | 'DAYS_OUT_OF_RANGE'
  | 'TOKEN_NAME_INVALID'
  | 'TOKEN_EXPIRY_PAST'
  | 'TOKEN_NOT_FOUND'
  | 'INTEGRATION_NOT_FOUND'
  | 'INTEGRATION_NAME_INVALID'
  | 'INTEGRATION_NAME_TAKEN'
  | 'TIME_ZONE_UNKNOWN'
  | 'RUN_HOUR_OUT_OF_RANGE'
  | 'BRAKE_NEGATIVE'
  | 'VALUE_MISSING'
  | 'URL_INVALID'
  | 'FINGERPRINT_INVALID'
  | 'SECRET_REQUIRED'
  | 'NOTHING_TO_TEST'
  | 'STALE_VERSION'
  | 'VENDOR_FAILED'
  | 'DIRECTORY_EMPTY'
  | 'RUN_UNDER_WAY'
  | 'RUN_BROKE_OFF'
  | 'RUN_INTERRUPTED'
  | 'FIRST_WRITE_IMPOSSIBLE'
  | 'FIRST_WRITE_OUTDATED'
  | 'ADJUSTMENT_NOT_FOUND'
  | 'ADJUSTMENT_NOT_OPEN'
  | 'HOLD_EXIT_NOT_OFFERED'
  | 'ADJUSTMENT_NOT_CONFIRMED'
  | 'ALREADY_TAKEN_BACK'
  | 'TAKE_BACK_IS_FINAL'
  | 'NOTHING_TO_TAKE_BACK'
  | 'NOTHING_TO_RELEASE'
  | 'LINE_NOT_FOUND'
  | 'LINE_STILL_BILLED'
  | 'TENANT_NOT_FOUND'
  | 'ROW_REPEATED'
  | 'ACCOUNT_NOT_FOUND'
  | 'ACCOUNT_TAKEN'
  | 'CONTRACT_NOT_FOUND'
  | 'CONTRACT_NEEDS_ACCOUNT'
  | 'BILLING_NEEDS_ACCOUNT'
  | 'BILLING_NEEDS_CONTRACT'
  | 'BILLING_NEEDS_SERVICE_MAPPING'
  | 'APPLICATION_NOT_FOUND'
  | 'SERVICE_NOT_FOUND'
  | 'CATEGORY_NEEDED'
  | 'CATEGORY_NOT_ALLOWED'
  | 'COUNTING_NEGATIVE'
  | 'DEVICE_NOT_FOUND'
  | 'SOURCE_HAS_NO_SERVER'
  | 'USAGE_NOT_TAKEN_IN'
  | 'REPORT_FILE_MISSING'
  | 'REPORT_PROFILE_NEEDED'
  | 'REPORT_PROFILE_INVALID'
  | 'REPORT_HAS_PROBLEMS'
  | 'REPORT_FROM_THE_FUTURE'
  | 'REPORT_OLDER'
  | 'REPORT_DAY_NOT_AS_SAID'
  | 'REPORT_COMPANIES_MISSING'
  | 'REPORT_RENAME_IMPOSSIBLE'
  | 'REPORTED_USAGE_INVALID'
  | 'CLIENT_KEY_USED'

/** Findings of the engine that a form meets too; there they keep a row from being stored. */
type SharedWithFindings = Extract<
  FindingCode,
  | 'CONTRACT_OF_ANOTHER_ACCOUNT'
  | 'CONTRACT_NOT_RECURRING'
  | 'CONTRACT_ENDED'
  | 'CONTRACT_NOT_STARTED'
  | 'SERVICE_INACTIVE'
>

/** Every code a problem may have. */
export type AnyProblemCode = ProblemCode | SharedWithFindings

type Facts = Readonly<Record<string, string | number | boolean | null>>

/** Makes the sentence of a problem. */
export type Message = (facts: Facts, subject: Subject) => string

/** Vendors as people call them, by the names that the adapters give. */
const vendorNames: Readonly<Record<string, string>> = {
  autotask: 'Autotask',
  'kaspersky-security-center': 'Kaspersky Security Center',
  'kaspersky-licence-report': 'The licence report',
}

/** Every problem's sentence, by code. A sentence may change; a code and its meaning never do. */
export const problemMessages: Readonly<Record<AnyProblemCode, Message>> = {
  SIGN_IN_REFUSED: () => 'User name or password is not right.',
  SIGN_IN_PAUSED: ({ seconds }) => `Too many attempts to sign in. Try again in ${seconds} seconds.`,
  PASSWORD_WRONG: () => 'The current password is not right.',
  PASSWORD_TOO_SHORT: ({ minimum }) => `A password needs at least ${minimum} characters.`,
  PASSWORD_TOO_LONG: ({ maximum }) => `A password has at most ${maximum} characters.`,
  PERSON_REQUIRED: () => 'Only a person who signed in has a password; a token has none.',
  PRACTICE_ONLY: () => 'Only the practice world has a calendar that can be moved.',
  DAYS_OUT_OF_RANGE: ({ minimum, maximum }) =>
    `The number of days must be from ${minimum} to ${maximum}.`,
  TOKEN_NAME_INVALID: ({ maximum }) => `A token needs a name of 1 to ${maximum} characters.`,
  TOKEN_EXPIRY_PAST: () => 'A token must expire in the future.',
  TOKEN_NOT_FOUND: () => 'There is no such token, or it was revoked already.',
  INTEGRATION_NOT_FOUND: () => 'There is no such integration.',
  INTEGRATION_NAME_INVALID: ({ maximum }) =>
    `An integration needs a name of 1 to ${maximum} characters.`,
  INTEGRATION_NAME_TAKEN: ({ name }) => `Another integration is called “${name}” already.`,
  TIME_ZONE_UNKNOWN: ({ timeZone }) =>
    `“${timeZone}” is no time zone. Write it like Europe/Berlin.`,
  RUN_HOUR_OUT_OF_RANGE: ({ minimum, maximum }) =>
    `The hour of the daily run must be from ${minimum} to ${maximum}.`,
  BRAKE_NEGATIVE: (_facts, { name }) =>
    `${name}: a limit cannot be below zero. Leave it empty to switch it off.`,
  VALUE_MISSING: (_facts, { name }) => `${name} is missing.`,
  URL_INVALID: (_facts, { name }) => `${name} must be a whole address that begins with https://.`,
  FINGERPRINT_INVALID: () =>
    'A certificate fingerprint is a SHA-256: 64 hexadecimal digits, with or without colons.',
  SECRET_REQUIRED: (_facts, { name }) =>
    `${name} is needed again: a stored one is not sent to another address or for another user.`,
  NOTHING_TO_TEST: () => 'Name an integration or give the connections to try.',
  STALE_VERSION: ({ saved, current }) =>
    current === null || saved === null
      ? 'Somebody else has changed it in the meantime. Load it anew.'
      : `Somebody else has changed it in the meantime (version ${current}, you had ${saved}). Load it anew.`,
  VENDOR_FAILED: ({ vendor, operation, message }) => {
    // Some messages begin with the operation already.
    const said = String(message).startsWith(`${operation}:`) ? message : `${operation}: ${message}`
    return `${vendorNames[String(vendor)] ?? vendor} did not do what was asked. ${said}`
  },
  DIRECTORY_EMPTY: ({ what, known }) =>
    `Not one of the ${known} known ${what} was listed. That looks like a lost permission, so nothing was changed.`,
  RUN_UNDER_WAY: (_facts, { name }) =>
    `“${name}” is being run right now. Try again when that has ended.`,
  RUN_BROKE_OFF: () =>
    'The run broke off by a fault of Trueup. Nothing is lost: the next run settles and goes on. The log has the details.',
  RUN_INTERRUPTED: () =>
    'The process ended during this run. The run that follows settles by reading what was on its way.',
  FIRST_WRITE_IMPOSSIBLE: ({ obstacle }) =>
    obstacle === 'LINE_NOT_FOUND'
      ? 'This line is not on the contract any more. Choose another one.'
      : 'This line cannot be used: no billing period of it lies ahead and is not posted. Choose another one.',
  FIRST_WRITE_OUTDATED: ({ effectiveDay, before }) =>
    `The line has changed since it was shown: it carries ${before} units from ${effectiveDay} on. Look at it again.`,
  ADJUSTMENT_NOT_FOUND: () => 'There is no such adjustment.',
  ADJUSTMENT_NOT_OPEN: ({ status }) =>
    `The adjustment stands at ${status}, where this cannot be decided any more.`,
  HOLD_EXIT_NOT_OFFERED: ({ exit, offered }) =>
    `This hold does not offer ${exit}. It offers: ${offered}.`,
  ADJUSTMENT_NOT_CONFIRMED: ({ status }) =>
    `Only what was confirmed can be taken back; this adjustment stands at ${status}.`,
  ALREADY_TAKEN_BACK: () => 'It was taken back already, or is being taken back right now.',
  TAKE_BACK_IS_FINAL: () =>
    'A take-back is not taken back itself: the next run bills what is counted, unless the line is stopped.',
  NOTHING_TO_TAKE_BACK: () => 'This run has confirmed nothing that could be taken back.',
  NOTHING_TO_RELEASE: () =>
    'Nothing is left to release: the line carries no units of Trueup any more, or its contract has ended.',
  LINE_NOT_FOUND: () => 'Trueup has never billed such a line.',
  LINE_STILL_BILLED: () =>
    'A mapping still feeds this line: the next run would bill it again. Change the mapping or stop the line first.',
  TENANT_NOT_FOUND: () => 'There is no such tenant in this integration.',
  ROW_REPEATED: ({ tenantName, applicationName }) =>
    `${tenantName ?? applicationName ?? 'This'} is in the save twice. Send one row of it.`,
  ACCOUNT_NOT_FOUND: () => 'There is no such Autotask account in this integration.',
  ACCOUNT_TAKEN: ({ accountName, holderTenantName }) =>
    `The account “${accountName}” is taken by “${holderTenantName}”. One account belongs to one tenant.`,
  CONTRACT_NOT_FOUND: ({ contractName }) =>
    contractName === null || contractName === undefined
      ? 'There is no such contract in this integration.'
      : `Autotask no longer lists the contract “${contractName}”.`,
  CONTRACT_NEEDS_ACCOUNT: () => 'A contract can only be chosen together with its account.',
  BILLING_NEEDS_ACCOUNT: () => 'Billing is on, and an Autotask account is missing.',
  BILLING_NEEDS_CONTRACT: () => 'Billing is on, and a contract is missing.',
  BILLING_NEEDS_SERVICE_MAPPING: () =>
    'Billing is on, and no application is mapped to a service yet, so nothing could be billed.',
  APPLICATION_NOT_FOUND: () => 'There is no such application in this integration.',
  DEVICE_NOT_FOUND: () =>
    'No reading has seen such a device use this application, or it is not excluded.',
  SERVICE_NOT_FOUND: () => 'There is no such service in this integration.',
  SERVICE_INACTIVE: ({ serviceName }) =>
    `The service “${serviceName}” is inactive in Autotask and cannot be chosen.`,
  CATEGORY_NEEDED: ({ applicationName }) =>
    `Devices are billed by category, so “${applicationName}” needs a service for each category.`,
  CATEGORY_NOT_ALLOWED: ({ applicationName }) => `“${applicationName}” is not billed by category.`,
  COUNTING_NEGATIVE: (_facts, { name }) => `${name} cannot be below zero.`,
  SOURCE_HAS_NO_SERVER: () =>
    'The usage of this integration comes from licence reports; there is no server to connect to.',
  USAGE_NOT_TAKEN_IN: ({ name }) =>
    `The usage of “${name}” is read from Kaspersky Security Center; reports belong to an integration of the source licence report.`,
  REPORT_FILE_MISSING: () => 'Send the report as an upload or as base64 text, one of the two.',
  REPORT_PROFILE_NEEDED: ({ open }) =>
    open === null || open === undefined
      ? 'The columns of this report are not all known. Look at it in the admin and choose them once.'
      : `The report can be read in more than one way (${open}). Look at it in the admin and confirm once how it is read.`,
  REPORT_PROFILE_INVALID: ({ reason }) => `The column profile cannot be used: ${reason}.`,
  REPORT_HAS_PROBLEMS: ({ problems, canAccept }) =>
    `The report has ${problems} problems, so nothing was imported.${
      canAccept === true
        ? ' The companies whose rows are all right can be taken without the others.'
        : ''
    }`,
  REPORT_FROM_THE_FUTURE: ({ day, today }) =>
    `The report is of ${day}, and today is ${today}. Look at the order of day and month in the profile.`,
  REPORT_OLDER: ({ day, newest }) =>
    `The report is of ${day}, and there is usage of ${newest} already. Nothing was changed.`,
  REPORT_DAY_NOT_AS_SAID: ({ day, said }) => `The report names ${day} as its day, not ${said}.`,
  REPORT_COMPANIES_MISSING: ({ missing, known, names, mayBeCut }) =>
    `${missing} of ${known} known workspaces are not in the report: ${names}. ${
      mayBeCut === true ? 'Its last line has no end, so it may be cut. ' : ''
    }Say that they are gone, or which of them are called differently now.`,
  REPORT_RENAME_IMPOSSIBLE: ({ from, to }) =>
    `“${from}” cannot be called “${to}” now: the old name has to be known and not in the report, the new one the other way round.`,
  REPORTED_USAGE_INVALID: ({ reason }, { name }) => `${name}: ${reason}.`,
  CLIENT_KEY_USED: ({ clientKey }) =>
    `The key “${clientKey}” has been used for other content. A new snapshot needs a new key.`,
  CONTRACT_OF_ANOTHER_ACCOUNT: ({ contractName, accountName }) =>
    `The contract “${contractName}” does not belong to the account “${accountName}”.`,
  CONTRACT_NOT_RECURRING: ({ contractName }) =>
    `The contract “${contractName}” is not of the type Recurring Service, so it carries no services.`,
  CONTRACT_ENDED: ({ contractName, endDay }) =>
    `The contract “${contractName}” ended on ${endDay}.`,
  CONTRACT_NOT_STARTED: ({ contractName, startDay }) =>
    `The contract “${contractName}” begins on ${startDay}.`,
}
