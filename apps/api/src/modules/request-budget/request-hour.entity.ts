import { defineEntity, p } from '@mikro-orm/core'

/**
 * The rolling hour of one Autotask database, shared by every process on this database. A row is changed only by
 * whoever saw its newest version.
 */
export const RequestHourEntity = defineEntity({
  name: 'RequestHour',
  tableName: 'request_hour',
  properties: {
    /** Where the Autotask database is reached, and the domain of its users. */
    name: p.text().primary(),
    version: p.integer(),
    /** The hour as JSON text. */
    hour: p.text(),
  },
})
