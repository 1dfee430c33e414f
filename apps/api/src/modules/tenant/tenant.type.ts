import { Field, ID, InterfaceType, ObjectType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { DateTimeScalar } from '../../graphql/scalars.ts'
import type { TenantRow } from './tenant.entity.ts'

@InterfaceType('Tenant', {
  description: 'One customer on the Kaspersky side.',
  resolveType: (tenant: TenantRow) =>
    tenant.kind === 'VIRTUAL_SERVER' ? 'VirtualServer' : 'Workspace',
})
export class TenantType {
  @Field(() => ID, { description: 'Id.', simple: true })
  id!: string

  @Field(() => String, { description: 'The id the Kaspersky side knows it by.', simple: true })
  externalId!: string

  @Field(() => String, { description: 'Its name on the Kaspersky side.', simple: true })
  name!: string

  @Field(() => Boolean, {
    description:
      'False when the Kaspersky side no longer lists it; kept with its mapping and no longer billed.',
    simple: true,
  })
  isPresent!: boolean

  @Field(() => DateTimeScalar, { description: 'When it was first listed.', simple: true })
  firstSeenAt!: Date

  @Field(() => DateTimeScalar, { description: 'When it was last listed.', simple: true })
  lastSeenAt!: Date
}

@ObjectType('VirtualServer', {
  description: 'A virtual Administration Server of Kaspersky Security Center.',
  implements: TenantType,
  simpleResolvers: true,
})
export class VirtualServerType extends TenantType {}

@ObjectType('Workspace', {
  description: 'A workspace of Kaspersky Endpoint Security Cloud.',
  implements: TenantType,
  simpleResolvers: true,
})
export class WorkspaceType extends TenantType {}

/** A page of tenants of either kind. */
export const TenantConnection = createConnectionType('Tenant', () => TenantType, {
  one: 'A tenant',
  many: 'tenants',
})

/** A page of virtual servers. */
export const VirtualServerConnection = createConnectionType(
  'VirtualServer',
  () => VirtualServerType,
  { one: 'A virtual server', many: 'virtual servers' },
)

/** A page of workspaces. */
export const WorkspaceConnection = createConnectionType('Workspace', () => WorkspaceType, {
  one: 'A workspace',
  many: 'workspaces',
})
