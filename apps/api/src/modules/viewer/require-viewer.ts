import type { RequestContext } from '../../context.ts'
import { RequestError } from '../../errors.ts'
import type { ViewerIdentity } from './viewer.ts'

/** Who is asking; throws UNAUTHENTICATED for a stranger, whom only `signIn` lets in. */
export function requireViewer(context: RequestContext): ViewerIdentity {
  if (context.viewer === null) throw new RequestError('UNAUTHENTICATED', 'Sign in first.')
  return context.viewer
}
