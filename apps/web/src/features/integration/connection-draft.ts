import type {
  AutotaskConnectionInput,
  IntegrationSettingsFragment,
  SecurityCenterConnectionInput,
  TestIntegrationInput,
  UpdateAutotaskConnectionInput,
  UpdateSecurityCenterConnectionInput,
} from '../../gql/graphql.ts'

/** Both connections as they are typed. Secrets start empty: stored ones are never given out. */
export interface ConnectionDraft {
  autotask: { url: string; userName: string; secret: string; integrationCode: string }
  securityCenter: { url: string; user: string; password: string; certificateSha256: string }
}

/** Fields that a refusal of the API can point at. */
export const connectionPaths: readonly string[] = [
  'input.autotask.url',
  'input.autotask.userName',
  'input.autotask.secret',
  'input.autotask.integrationCode',
  'input.securityCenter.url',
  'input.securityCenter.user',
  'input.securityCenter.password',
  'input.securityCenter.certificateSha256',
]

/** An empty form, or the stored connections without their secrets. */
export function toConnectionDraft(stored?: IntegrationSettingsFragment): ConnectionDraft {
  return {
    autotask: {
      url: stored?.autotask.url ?? '',
      userName: stored?.autotask.userName ?? '',
      secret: '',
      integrationCode: '',
    },
    securityCenter: {
      url: stored?.securityCenter?.url ?? '',
      user: stored?.securityCenter?.user ?? '',
      password: '',
      certificateSha256: stored?.securityCenter?.certificateSha256 ?? '',
    },
  }
}

/** Autotask for a new integration. Without an address, Autotask says which zone the user belongs to. */
export function toAutotaskInput({ autotask }: ConnectionDraft): AutotaskConnectionInput {
  const { url, userName, secret, integrationCode } = autotask
  return {
    url: url.trim() === '' ? null : url.trim(),
    userName: userName.trim(),
    secret,
    integrationCode,
  }
}

/** Kaspersky Security Center for a new integration. */
export function toSecurityCenterInput({
  securityCenter,
}: ConnectionDraft): SecurityCenterConnectionInput {
  const { url, user, password, certificateSha256 } = securityCenter
  const trusted = certificateSha256.trim()
  return {
    url: url.trim(),
    user: user.trim(),
    password,
    certificateSha256: trusted === '' ? null : trusted,
  }
}

/** What was changed of the stored connections; null when nothing was. Empty secrets stay as they are. */
export function toConnectionChanges(
  draft: ConnectionDraft,
  stored: IntegrationSettingsFragment,
): {
  autotask?: UpdateAutotaskConnectionInput
  securityCenter?: UpdateSecurityCenterConnectionInput
} | null {
  const before = toConnectionDraft(stored)
  const autotask = changesOf(before.autotask, draft.autotask)
  const securityCenter = changesOf(before.securityCenter, draft.securityCenter)
  if (autotask === null && securityCenter === null) return null
  return {
    ...(autotask === null ? {} : { autotask }),
    ...(securityCenter === null ? {} : { securityCenter }),
  }
}

/**
 * What a test before saving would try: the sides that were edited, for which every secret was typed.
 * `undefined` when an edited side lacks a secret and so can only be tested once it is saved.
 */
export function toTestInput(
  draft: ConnectionDraft,
  stored?: IntegrationSettingsFragment,
): TestIntegrationInput | undefined {
  const before = toConnectionDraft(stored)
  const isAutotaskEdited =
    stored === undefined || changesOf(before.autotask, draft.autotask) !== null
  const isKasperskyEdited =
    stored === undefined || changesOf(before.securityCenter, draft.securityCenter) !== null
  const lacksSecret =
    stored !== undefined &&
    ((isAutotaskEdited &&
      (draft.autotask.secret === '' || draft.autotask.integrationCode === '')) ||
      (isKasperskyEdited && draft.securityCenter.password === ''))
  if (lacksSecret) return undefined
  return {
    ...(isAutotaskEdited ? { autotask: toAutotaskInput(draft) } : {}),
    ...(isKasperskyEdited ? { securityCenter: toSecurityCenterInput(draft) } : {}),
  }
}

function changesOf<Side extends object>(before: Side, after: Side): Partial<Side> | null {
  const changed = Object.entries(after).filter(
    ([name, value]) => before[name as keyof Side] !== value,
  )
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Partial<Side>)
}
