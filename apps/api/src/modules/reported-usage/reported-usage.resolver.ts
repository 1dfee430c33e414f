import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { ImportUsageResultType } from '../report/report.type.ts'
import { toImportResult } from '../report/to-report-types.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { nameActor } from '../viewer/viewer.ts'
import { reportUsage } from './report-usage.ts'
import { ReportUsageInput } from './reported-usage.input.ts'

const INTEGRATION = 'Id of an integration of the source licence report.'

@Resolver()
export class ReportedUsageResolver {
  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => ImportUsageResultType, {
    description:
      'Takes in a complete snapshot of all workspaces from a program. Repeating it with the same key and content is safe; the same key with other content is a problem.',
  })
  async reportUsage(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: INTEGRATION }) integrationId: string,
    @Arg('input', () => ReportUsageInput, { description: 'The snapshot of all workspaces.' })
    input: ReportUsageInput,
  ): Promise<ImportUsageResultType> {
    const actor = nameActor(requireViewer(context))
    const outcome = await reportUsage(context.services, { integrationId, actor, input })
    return toImportResult({ ...outcome, row: outcome.taken })
  }
}
