import DataLoader from 'dataloader'
import type { Em } from '../database/orm.ts'
import {
  AutotaskAccountEntity,
  type AutotaskAccountRow,
} from '../modules/account/account.entity.ts'
import { AdjustmentEntity, type AdjustmentRow } from '../modules/adjustment/adjustment.entity.ts'
import {
  ApplicationEntity,
  type ApplicationRow,
} from '../modules/application/application.entity.ts'
import { readFigures, type ApplicationFigures } from '../modules/application/read-figures.ts'
import { ContractEntity, type ContractRow } from '../modules/contract/contract.entity.ts'
import {
  DeviceExclusionEntity,
  type DeviceExclusionRow,
} from '../modules/evidence/device-exclusion.entity.ts'
import {
  IntegrationEntity,
  type IntegrationRow,
} from '../modules/integration/integration.entity.ts'
import {
  AccountMappingEntity,
  type AccountMappingRow,
} from '../modules/mapping/account-mapping.entity.ts'
import { LineRecordEntity, type LineRecordRow } from '../modules/journal/line-record.entity.ts'
import { ServiceEntity, type ServiceRow } from '../modules/service/service.entity.ts'
import { readNewestUsage } from '../modules/usage/newest-usage.ts'
import type { UsageCountRow } from '../modules/usage/usage-count.entity.ts'
import { TenantEntity, type TenantRow } from '../modules/tenant/tenant.entity.ts'

/** Finds one row by a key; all that are asked for in the same moment come with one SQL query. */
export type RowLoader<Row> = DataLoader<string, Row | null>

/** Every loader of one request. They remember what they found until the request ends. */
export interface Loaders {
  readonly integration: RowLoader<IntegrationRow>
  readonly tenant: RowLoader<TenantRow>
  readonly account: RowLoader<AutotaskAccountRow>
  readonly contract: RowLoader<ContractRow>
  /** By integration and Autotask's id of the contract, `integration/contract`. */
  readonly contractByExternalId: RowLoader<ContractRow>
  readonly service: RowLoader<ServiceRow>
  readonly application: RowLoader<ApplicationRow>
  readonly mappingOfTenant: RowLoader<AccountMappingRow>
  readonly mappingOfAccount: RowLoader<AccountMappingRow>
  readonly contractsOfAccount: DataLoader<string, ContractRow[]>
  /** By application and device, `application/device`. */
  readonly exclusionOfUse: RowLoader<DeviceExclusionRow>
  readonly exclusionsOfApplication: DataLoader<string, DeviceExclusionRow[]>
  readonly adjustment: RowLoader<AdjustmentRow>
  /** The take-back of an adjustment that counts: proved, on its way or in doubt. */
  readonly takeBackOf: RowLoader<AdjustmentRow>
  /** By integration, contract and service, the last two in Autotask's ids, joined by `/`. */
  readonly lineRecord: RowLoader<LineRecordRow>
  readonly usageOfTenant: DataLoader<string, UsageCountRow[]>
  /** Figures of all applications of an integration, by application; empty when there is no such integration. */
  readonly figuresOfIntegration: DataLoader<string, ReadonlyMap<string, ApplicationFigures>>
}

/** Most keys of one SQL query; SQLite allows 32,766 parameters. */
const MOST_KEYS = 1000

/** Fresh loaders over the request's own entity manager. */
export function createLoaders(em: Em): Loaders {
  const integration = loadOne(
    (ids) => em.find(IntegrationEntity, { id: { $in: ids } }),
    (row) => row.id,
  )
  return {
    integration,
    figuresOfIntegration: loadFigures(em, integration),
    tenant: loadOne(
      (ids) => em.find(TenantEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    account: loadOne(
      (ids) => em.find(AutotaskAccountEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    ...createContractLoaders(em),
    service: loadOne(
      (ids) => em.find(ServiceEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    application: loadOne(
      (ids) => em.find(ApplicationEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    mappingOfTenant: loadOne(
      (ids) => em.find(AccountMappingEntity, { tenant: { $in: ids } }),
      (row) => row.tenant.id,
    ),
    mappingOfAccount: loadOne(
      (ids) => em.find(AccountMappingEntity, { account: { $in: ids } }),
      (row) => row.account?.id ?? '',
    ),
    exclusionOfUse: loadOne(
      (keys) => {
        const deviceIds = keys.map((key) => key.slice(key.indexOf('/') + 1))
        return em.find(DeviceExclusionEntity, { deviceId: { $in: deviceIds } })
      },
      (row) => `${row.application.id}/${row.deviceId}`,
    ),
    exclusionsOfApplication: loadMany(
      (ids) =>
        em.find(
          DeviceExclusionEntity,
          { application: { $in: ids } },
          { orderBy: { deviceName: 'asc', id: 'asc' } },
        ),
      (row) => row.application.id,
    ),
    ...createLineLoaders(em),
    usageOfTenant: loadMany(
      (ids) => readNewestUsage(em, ids),
      (row) => row.tenant.id,
    ),
  }
}

function createContractLoaders(
  em: Em,
): Pick<Loaders, 'contract' | 'contractByExternalId' | 'contractsOfAccount'> {
  return {
    contract: loadOne(
      (ids) => em.find(ContractEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    contractByExternalId: loadOne(
      (keys) => {
        const externalIds = keys.map((key) => key.slice(key.indexOf('/') + 1))
        return em.find(ContractEntity, { externalId: { $in: externalIds } })
      },
      (row) => `${row.integrationId}/${row.externalId}`,
    ),
    contractsOfAccount: loadMany(
      (ids) =>
        em.find(
          ContractEntity,
          { account: { $in: ids } },
          { orderBy: { nameSort: 'asc', id: 'asc' } },
        ),
      (row) => row.account.id,
    ),
  }
}

function createLineLoaders(em: Em): Pick<Loaders, 'adjustment' | 'takeBackOf' | 'lineRecord'> {
  return {
    adjustment: loadOne(
      (ids) => em.find(AdjustmentEntity, { id: { $in: ids } }),
      (row) => row.id,
    ),
    takeBackOf: loadOne(
      (ids) =>
        em.find(AdjustmentEntity, {
          takesBackId: { $in: ids },
          status: { $in: ['POSTING', 'CONFIRMED', 'UNKNOWN'] },
        }),
      (row) => row.takesBackId ?? '',
    ),
    lineRecord: loadOne(
      (keys) => em.find(LineRecordEntity, { $or: keys.map(toLineOfKey) }),
      (row) => [row.integrationId, row.contractExternalId, row.serviceExternalId].join('/'),
    ),
  }
}

function loadFigures(
  em: Em,
  integration: RowLoader<IntegrationRow>,
): DataLoader<string, ReadonlyMap<string, ApplicationFigures>> {
  const read = async (id: string): Promise<ReadonlyMap<string, ApplicationFigures>> => {
    const row = await integration.load(id)
    const figures = row === null ? [] : await readFigures(em, row)
    return new Map(figures.map((one) => [one.application.id, one]))
  }
  return new DataLoader((ids) => Promise.all(ids.map(read)))
}

/** A loader of single rows: `find` gets the keys, `toKey` says which one a row answers. */
function loadOne<Row>(
  find: (keys: string[]) => Promise<Row[]>,
  toKey: (row: Row) => string,
): RowLoader<Row> {
  return new DataLoader(
    async (keys) => {
      const byKey = new Map((await find([...keys])).map((row) => [toKey(row), row]))
      return keys.map((key) => byKey.get(key) ?? null)
    },
    { maxBatchSize: MOST_KEYS },
  )
}

/** A loader of all rows of a key, in the order that `find` gives. */
function loadMany<Row>(
  find: (keys: string[]) => Promise<Row[]>,
  toKey: (row: Row) => string,
): DataLoader<string, Row[]> {
  return new DataLoader(
    async (keys) => {
      const byKey = Map.groupBy(await find([...keys]), toKey)
      return keys.map((key) => byKey.get(key) ?? [])
    },
    { maxBatchSize: MOST_KEYS },
  )
}

function toLineOfKey(key: string): {
  integrationId: string
  contractExternalId: string
  serviceExternalId: string
} {
  const [integrationId = '', contractExternalId = '', serviceExternalId = ''] = key.split('/')
  return { integrationId, contractExternalId, serviceExternalId }
}
