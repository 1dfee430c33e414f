import type { Subject } from '@trueup/core'

type Facts = Readonly<Record<string, string | number | boolean | null>>
/** Makes the sentence of a problem. */
export type Message = (facts: Facts, subject: Subject) => string

/** Every problem's sentence, by code. A sentence may change; a code and its meaning never do. */
export const problemMessages = {
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
} as const satisfies Record<string, Message>
