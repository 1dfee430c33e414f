import type { Role } from './role.ts'

/** Who is asking. */
export interface ViewerIdentity {
  readonly kind: 'PERSON' | 'TOKEN'
  /** `null` for the token of the environment, which has no row. */
  readonly id: string | null
  readonly name: string
  readonly role: Role
  readonly mustChangePassword: boolean
}

/** How the activity log names somebody. */
export function nameActor(viewer: ViewerIdentity | null): string {
  if (viewer === null) return 'nobody'
  return viewer.kind === 'PERSON' ? viewer.name : `token ${viewer.name}`
}
