import type { Day } from '@trueup/core'
import {
  Arg,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { dayAt } from '../../calendar.ts'
import type { RequestContext } from '../../context.ts'
import { toFacts, toProblemTypes } from '../../graphql/problem.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import {
  ConnectionTestResultType,
  type AutotaskConnectionType,
  type SecurityCenterConnectionType,
} from '../connection/connection.type.ts'
import { createIntegration, type IntegrationOutcome } from './create-integration.ts'
import { explainConnectionCheck } from '../connection/explain-connection-check.ts'
import type { IntegrationCountsType } from './integration-counts.type.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import {
  CreateIntegrationInput,
  TestIntegrationInput,
  UpdateIntegrationInput,
} from './integration.input.ts'
import {
  IntegrationResultType,
  IntegrationType,
  ReadDirectoryResultType,
} from './integration.type.ts'
import { readDirectory } from './read-directory.ts'
import { testIntegration } from '../connection/test-integration.ts'
import { updateIntegration } from './update-integration.ts'

/** Where Autotask tells the zone of a user, when nobody says otherwise. */
const AUTOTASK_URL = 'https://webservices.autotask.net'

@Resolver(() => IntegrationType)
export class IntegrationResolver {
  @Query(() => [IntegrationType], { description: 'Every integration, by name.' })
  integrations(@Ctx() { em }: RequestContext): Promise<IntegrationRow[]> {
    return em.find(IntegrationEntity, {}, { orderBy: { nameKey: 'asc' } })
  }

  @Query(() => IntegrationType, {
    nullable: true,
    description: 'One integration; null when there is none.',
  })
  integration(
    @Ctx() { loaders }: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the integration.' }) id: string,
  ): Promise<IntegrationRow | null> {
    return loaders.integration.load(id)
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => IntegrationResultType, {
    description: 'Stores a new integration. Nothing is tried over the network. For administrators.',
  })
  async createIntegration(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateIntegrationInput, { description: 'Its settings and connections.' })
    input: CreateIntegrationInput,
  ): Promise<IntegrationResultType> {
    return toIntegrationResult(
      await createIntegration(context.services, requireViewer(context), input),
    )
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => IntegrationResultType, {
    description:
      'Changes an integration. What is left out stays as it is, secrets too. For administrators.',
  })
  async updateIntegration(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the integration.' }) id: string,
    @Arg('version', () => Int, { description: 'The version that was read.' }) version: number,
    @Arg('input', () => UpdateIntegrationInput, { description: 'What changes; the rest stays.' })
    input: UpdateIntegrationInput,
  ): Promise<IntegrationResultType> {
    const request = { id, version, input }
    return toIntegrationResult(
      await updateIntegration(context.services, requireViewer(context), request),
    )
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => ConnectionTestResultType, {
    description:
      'Tries both connections without changing anything; of a stored integration, or of settings not stored yet. For administrators.',
  })
  async testIntegration(
    @Ctx() { services }: RequestContext,
    @Arg('id', () => ID, { nullable: true, description: 'The stored integration.' })
    id: string | undefined,
    @Arg('input', () => TestIntegrationInput, {
      nullable: true,
      description: 'Connections to try in place of the stored ones.',
    })
    input: TestIntegrationInput | undefined,
  ): Promise<ConnectionTestResultType> {
    const outcome = await testIntegration(services, { id: id ?? null, input: input ?? {} })
    return {
      checks: outcome.checks.map((check) => ({
        side: check.side,
        code: check.code,
        ok: check.ok !== false,
        isKnown: check.ok !== null,
        message: explainConnectionCheck(check),
        facts: toFacts(check.facts),
      })),
      problems: toProblemTypes(outcome.problems),
    }
  }

  @Mutation(() => ReadDirectoryResultType, {
    description:
      'Reads tenants, accounts, contracts and services anew, and the usage that comes with the tenants. Changes nothing at either side.',
  })
  async readDirectory(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
  ): Promise<ReadDirectoryResultType> {
    const viewer = requireViewer(context)
    const outcome = await readDirectory(context.services, viewer, integrationId)
    return { ...outcome, problems: toProblemTypes(outcome.problems) }
  }

  @FieldResolver()
  today(@Root() integration: IntegrationRow, @Ctx() { services }: RequestContext): Day {
    return dayAt(services.clock.nowMs(), integration.timeZone)
  }

  @FieldResolver()
  autotask(@Root() integration: IntegrationRow): AutotaskConnectionType {
    return {
      url: integration.autotaskUrl ?? AUTOTASK_URL,
      userName: integration.autotaskUserName,
      hasSecret: integration.autotaskSecret !== '',
    }
  }

  @FieldResolver()
  securityCenter(@Root() integration: IntegrationRow): SecurityCenterConnectionType | null {
    const { securityCenterUrl: url, securityCenterUser: user } = integration
    if (url === null || user === null) return null
    return {
      url,
      user,
      hasPassword: integration.securityCenterPassword !== null,
      certificateSha256: integration.securityCenterCertificateSha256,
    }
  }

  @FieldResolver()
  counts(@Root() integration: IntegrationRow): Pick<IntegrationCountsType, 'integrationId'> {
    return { integrationId: integration.id }
  }
}

/** The shape of every mutation that returns an integration. */
export function toIntegrationResult(outcome: IntegrationOutcome): IntegrationResultType {
  return { integration: outcome.integration, problems: toProblemTypes(outcome.problems) }
}
