import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext, Services } from '../../context.ts'
import { MutationResultType, toMutationResult, toProblemTypes } from '../../graphql/problem.type.ts'
import { fieldSubject, toProblem } from '../../problems.ts'
import { advancePracticeDay } from '../../practice/advance-practice-day.ts'
import { changePassword } from './change-password.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import type { ViewerIdentity } from './viewer.ts'
import { SignInResultType, ViewerType } from './viewer.type.ts'
import { requireViewer } from './require-viewer.ts'

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerType, {
    nullable: true,
    description:
      'Who is asking: a person signed in, or a token. Null for a browser without a session; a token that is not known is refused.',
  })
  viewer(@Ctx() { viewer, services }: RequestContext): ViewerType | null {
    return viewer === null ? null : toViewerType(viewer, services)
  }

  @Mutation(() => SignInResultType, {
    description: 'Signs a person in by an http-only session cookie.',
  })
  async signIn(
    @Ctx() context: RequestContext,
    @Arg('userName', () => String, { description: 'Upper and lower case alike.' }) userName: string,
    @Arg('password', () => String, { description: 'Password of that user.' }) password: string,
  ): Promise<SignInResultType> {
    const { services, remoteAddress } = context
    const outcome = await signIn(services, { userName, password, remoteAddress })
    if (outcome.kind === 'REFUSED')
      return { viewer: null, problems: toProblemTypes(outcome.problems) }
    context.sessionCookie.set(outcome.secret, outcome.expiresAt)
    const { id, role, mustChangePassword, userName: name } = outcome.person
    const viewer: ViewerIdentity = { kind: 'PERSON', id, name, role, mustChangePassword }
    return { viewer: toViewerType(viewer, services), problems: [] }
  }

  @Mutation(() => Boolean, { description: 'Ends the session. True also when there was none.' })
  async signOut(@Ctx() context: RequestContext): Promise<boolean> {
    await signOut(context.services, context.sessionCookie.secret)
    context.sessionCookie.clear()
    return true
  }

  @Mutation(() => MutationResultType, {
    description:
      "Changes the viewer's own password and ends their other sessions. For persons only.",
  })
  async changePassword(
    @Ctx() context: RequestContext,
    @Arg('currentPassword', () => String, { description: 'The password until now.' })
    currentPassword: string,
    @Arg('newPassword', () => String, { description: 'At least 12 characters.' })
    newPassword: string,
  ): Promise<MutationResultType> {
    const viewer = requireViewer(context)
    if (viewer.kind !== 'PERSON' || viewer.id === null)
      return toMutationResult([
        toProblem('PERSON_REQUIRED', fieldSubject('currentPassword', 'Current password')),
      ])
    return toMutationResult(
      await changePassword(context.services, {
        personId: viewer.id,
        currentPassword,
        newPassword,
        sessionSecret: context.sessionCookie.secret,
      }),
    )
  }

  @Mutation(() => MutationResultType, {
    description: 'Only in the practice world: moves its calendar by whole days.',
  })
  async advancePracticeDay(
    @Ctx() context: RequestContext,
    @Arg('days', () => Int, { defaultValue: 1, description: 'How many days forward, 1 to 366.' })
    days: number,
  ): Promise<MutationResultType> {
    return toMutationResult(
      await advancePracticeDay(context.services, requireViewer(context), days),
    )
  }
}

function toViewerType(viewer: ViewerIdentity, services: Services): ViewerType {
  return {
    kind: viewer.kind,
    name: viewer.name,
    role: viewer.role,
    isPractice: services.practice !== null,
    practiceDay: services.practice?.day() ?? null,
    mustChangePassword: viewer.mustChangePassword,
  }
}
