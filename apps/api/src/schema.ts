import 'reflect-metadata'
import {
  lexicographicSortSchema,
  printSchema,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import type { RequestContext } from './context.ts'
import { RequestError } from './errors.ts'
import { DateTimeScalar } from './graphql/scalars.ts'
import { AutotaskAccountResolver } from './modules/account/account.resolver.ts'
import { ApplicationResolver } from './modules/application/application.resolver.ts'
import { ActivityResolver } from './modules/audit/activity.resolver.ts'
import { ContractResolver } from './modules/contract/contract.resolver.ts'
import { AdjustmentCountsResolver } from './modules/evidence/adjustment-counts.resolver.ts'
import { UsageEvidenceResolver } from './modules/evidence/evidence.resolver.ts'
import { DeviceExclusionResolver } from './modules/evidence/exclusion.resolver.ts'
import { AdjustmentPairResolver } from './modules/counter/adjustment-pair.resolver.ts'
import { OpenLineResolver } from './modules/line/open-line.resolver.ts'
import { ReleaseResolver } from './modules/counter/release.resolver.ts'
import { TakeBackResolver } from './modules/counter/take-back.resolver.ts'
import { FirstWriteResolver } from './modules/first-write/first-write.resolver.ts'
import { FindingResolver } from './modules/finding/finding.resolver.ts'
import { IntegrationCountsResolver } from './modules/integration/integration-counts.resolver.ts'
import { IntegrationResolver } from './modules/integration/integration.resolver.ts'
import { AccountMappingResolver } from './modules/mapping/account-mapping.resolver.ts'
import { ServiceMappingResolver } from './modules/mapping/service-mapping.resolver.ts'
import { AdjustmentResolver } from './modules/adjustment/adjustment.resolver.ts'
import { AdjustmentsResultResolver } from './modules/adjustment/adjustments-result.resolver.ts'
import {
  IntegrationRunCountsResolver,
  IntegrationRunResolver,
} from './modules/run/integration-run.resolver.ts'
import { IntegrationReportResolver, UsageImportResolver } from './modules/report/report.resolver.ts'
import { ReportedUsageResolver } from './modules/reported-usage/reported-usage.resolver.ts'
import { RunMoneyResolver } from './modules/money/run-money.resolver.ts'
import { ReplayResolver } from './modules/replay/replay.resolver.ts'
import { BillingRunResolver } from './modules/run/run.resolver.ts'
import { ServiceResolver } from './modules/service/service.resolver.ts'
import { TenantResolver } from './modules/tenant/tenant.resolver.ts'
import { VirtualServerType, WorkspaceType } from './modules/tenant/tenant.type.ts'
import { TokenResolver } from './modules/token/token.resolver.ts'
import { TenantUsageResolver } from './modules/usage/tenant-usage.resolver.ts'
import { UsageSnapshotResolver } from './modules/usage/usage.resolver.ts'
import type { Role } from './modules/viewer/role.ts'
import { ViewerResolver } from './modules/viewer/viewer.resolver.ts'

/** Every resolver, listed by hand. */
// eslint-disable-next-line typescript/no-unsafe-function-type -- type-graphql's own type for classes
const resolvers: NonEmptyArray<Function> = [
  AccountMappingResolver,
  ActivityResolver,
  AdjustmentCountsResolver,
  AdjustmentPairResolver,
  AdjustmentResolver,
  AdjustmentsResultResolver,
  ApplicationResolver,
  AutotaskAccountResolver,
  BillingRunResolver,
  ContractResolver,
  DeviceExclusionResolver,
  FindingResolver,
  FirstWriteResolver,
  IntegrationCountsResolver,
  IntegrationReportResolver,
  IntegrationResolver,
  IntegrationRunCountsResolver,
  IntegrationRunResolver,
  OpenLineResolver,
  ReleaseResolver,
  ReplayResolver,
  RunMoneyResolver,
  ReportedUsageResolver,
  ServiceMappingResolver,
  ServiceResolver,
  TakeBackResolver,
  TenantResolver,
  TenantUsageResolver,
  TokenResolver,
  UsageEvidenceResolver,
  UsageImportResolver,
  UsageSnapshotResolver,
  ViewerResolver,
]

/** Builds the schema. Done once a process: decorators fill one global registry. */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers,
    orphanedTypes: [VirtualServerType, WorkspaceType],
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // Inputs are checked by the use cases, which answer with problems.
    validate: false,
    authChecker: ({ context }: { context: RequestContext }, roles: Role[]) => {
      if (context.viewer !== null && roles.includes(context.viewer.role)) return true
      throw new RequestError('FORBIDDEN', `Only ${roles.join(' or ')} may do this.`)
    },
  })
  // The library has no place to say these two.
  describe(schema.getQueryType(), 'Reads. Never changes anything, here or at the vendors.')
  describe(
    schema.getMutationType(),
    'Changes. What can be mended comes back as `problems`; nothing is stored then.',
  )
  return schema
}

function describe(type: GraphQLObjectType | null | undefined, description: string): void {
  if (type !== null && type !== undefined) type.description = description
}

/** The schema as text, in an order that does not depend on the code's. */
export function printTrueupSchema(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}
