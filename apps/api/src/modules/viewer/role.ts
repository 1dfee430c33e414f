/** What somebody may do: everything; change billing; only look. */
export const Role = {
  ADMINISTRATOR: 'ADMINISTRATOR',
  AUTOMATION: 'AUTOMATION',
  READER: 'READER',
} as const

/** One of the names of {@link Role}. */
export type Role = keyof typeof Role
