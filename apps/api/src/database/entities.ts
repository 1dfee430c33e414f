import { AutotaskAccountEntity } from '../modules/account/account.entity.ts'
import { ApplicationEntity } from '../modules/application/application.entity.ts'
import { ActivityEntity } from '../modules/audit/activity.entity.ts'
import { ContractEntity } from '../modules/contract/contract.entity.ts'
import { IntegrationEntity } from '../modules/integration/integration.entity.ts'
import { AccountMappingEntity } from '../modules/mapping/account-mapping.entity.ts'
import { ServiceMappingEntity } from '../modules/mapping/service-mapping.entity.ts'
import { ServiceEntity } from '../modules/service/service.entity.ts'
import { TenantEntity } from '../modules/tenant/tenant.entity.ts'
import { ApiTokenEntity } from '../modules/token/api-token.entity.ts'
import { PersonEntity } from '../modules/viewer/person.entity.ts'
import { SessionEntity } from '../modules/viewer/session.entity.ts'

/** Every table, listed by hand. */
export const entities = [
  ActivityEntity,
  ApiTokenEntity,
  ApplicationEntity,
  AutotaskAccountEntity,
  AccountMappingEntity,
  ContractEntity,
  IntegrationEntity,
  PersonEntity,
  ServiceEntity,
  ServiceMappingEntity,
  SessionEntity,
  TenantEntity,
]
