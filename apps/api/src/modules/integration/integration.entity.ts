import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { BrakeLimits, Day, EffectiveDatePolicy } from '@trueup/core'
import type { LicenceReportProfile } from '@trueup/kaspersky'
import { newId } from '../../database/id.ts'

/** Where an integration's usage comes from. */
export type UsageSourceKind = 'SECURITY_CENTER' | 'LICENCE_REPORT'

/** Whether planned adjustments wait for a person. */
export type ApprovalMode = 'AUTOMATIC' | 'MANUAL'

/** A named pair: one Kaspersky connection and one Autotask connection. Secrets are sealed, see secrets/secret-box.ts. */
export const IntegrationEntity = defineEntity({
  name: 'Integration',
  tableName: 'integration',
  properties: {
    id: p.text().primary().onCreate(newId),
    version: p.integer().default(1),
    name: p.text(),
    /** `name` folded: one name once, whatever its upper and lower case. */
    nameKey: p.text().unique(),
    source: p.text().$type<UsageSourceKind>(),
    timeZone: p.text(),
    dailyRunHour: p.integer(),
    scheduleEnabled: p.boolean(),
    approvalMode: p.text().$type<ApprovalMode>(),
    billDevicesByCategory: p.boolean(),
    countUnknownAsWorkstation: p.boolean(),
    /** Keys that count only when the provider chose so (product.md, rule 1). */
    countOem: p.boolean().default(false),
    countSoftCancelled: p.boolean().default(false),
    effectiveDatePolicy: p.text().$type<EffectiveDatePolicy>(),
    maximumReadingAgeDays: p.integer(),
    brakes: p.json<BrakeLimits>(),
    /** `null`: Autotask's public zone lookup decides. */
    autotaskUrl: p.text().strictNullable(),
    autotaskUserName: p.text(),
    autotaskSecret: p.text(),
    autotaskIntegrationCode: p.text(),
    /** Root of Autotask's own pages in the connection's zone, as last seen. */
    autotaskWebUrl: p.text().strictNullable(),
    securityCenterUrl: p.text().strictNullable(),
    securityCenterUser: p.text().strictNullable(),
    securityCenterPassword: p.text().strictNullable(),
    securityCenterCertificateSha256: p.text().strictNullable(),
    /** How licence reports are read, as a person confirmed it; `null` before the first. */
    reportProfile: p.json<LicenceReportProfile>().strictNullable(),
    createdAt: p.datetime(3),
    directoryReadAt: p.datetime(3).strictNullable(),
    /** The newest day whose daily run was begun, by schedule or to catch up; see schedule/schedule.ts. */
    lastScheduledDay: p.text().$type<Day>().strictNullable(),
  },
})

/** One row of `integration`. */
export type IntegrationRow = InferEntity<typeof IntegrationEntity>
