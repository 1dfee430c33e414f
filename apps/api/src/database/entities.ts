import { AutotaskAccountEntity } from '../modules/account/account.entity.ts'
import { ApplicationEntity } from '../modules/application/application.entity.ts'
import { ActivityEntity } from '../modules/audit/activity.entity.ts'
import { ContractEntity } from '../modules/contract/contract.entity.ts'
import { DeviceExclusionEntity } from '../modules/evidence/device-exclusion.entity.ts'
import { DeviceUseEntity } from '../modules/evidence/device-use.entity.ts'
import { FirstWriteEntity } from '../modules/first-write/first-write.entity.ts'
import { FindingEntity } from '../modules/finding/finding.entity.ts'
import { IntegrationEntity } from '../modules/integration/integration.entity.ts'
import { IntentEntity } from '../modules/journal/intent.entity.ts'
import { LeaseEntity } from '../modules/journal/lease.entity.ts'
import { LineRecordEntity } from '../modules/journal/line-record.entity.ts'
import { AccountMappingEntity } from '../modules/mapping/account-mapping.entity.ts'
import { ServiceMappingEntity } from '../modules/mapping/service-mapping.entity.ts'
import { AdjustmentEntity } from '../modules/adjustment/adjustment.entity.ts'
import { AutotaskWaitEntity } from '../modules/request-budget/autotask-wait.entity.ts'
import { RequestHourEntity } from '../modules/request-budget/request-hour.entity.ts'
import { CustomerRiskEntity } from '../modules/money/customer-risk.entity.ts'
import { BillingRunEntity } from '../modules/run/billing-run.entity.ts'
import { RunInputEntity } from '../modules/replay/run-input.entity.ts'
import { UsageImportEntity } from '../modules/report/usage-import.entity.ts'
import { ServiceEntity } from '../modules/service/service.entity.ts'
import { TenantEntity } from '../modules/tenant/tenant.entity.ts'
import { ApiTokenEntity } from '../modules/token/api-token.entity.ts'
import { UsageCountEntity } from '../modules/usage/usage-count.entity.ts'
import { UsageReadingEntity } from '../modules/usage/usage-reading.entity.ts'
import { UsageSnapshotEntity } from '../modules/usage/usage-snapshot.entity.ts'
import { PersonEntity } from '../modules/viewer/person.entity.ts'
import { SessionEntity } from '../modules/viewer/session.entity.ts'

/** Every table, listed by hand. */
export const entities = [
  AccountMappingEntity,
  ActivityEntity,
  AdjustmentEntity,
  ApiTokenEntity,
  ApplicationEntity,
  AutotaskAccountEntity,
  AutotaskWaitEntity,
  BillingRunEntity,
  ContractEntity,
  CustomerRiskEntity,
  DeviceExclusionEntity,
  DeviceUseEntity,
  FindingEntity,
  FirstWriteEntity,
  IntegrationEntity,
  IntentEntity,
  LeaseEntity,
  LineRecordEntity,
  PersonEntity,
  RequestHourEntity,
  RunInputEntity,
  ServiceEntity,
  ServiceMappingEntity,
  SessionEntity,
  TenantEntity,
  UsageCountEntity,
  UsageImportEntity,
  UsageReadingEntity,
  UsageSnapshotEntity,
]
