import { defineEntity, p } from '@mikro-orm/core'

/** A right that ends by itself when its holder dies: to run an integration, to write to a contract. */
export const LeaseEntity = defineEntity({
  name: 'Lease',
  tableName: 'lease',
  properties: {
    /** `run:<integration>` or `contract:<integration>:<contract>`. */
    name: p.text().primary(),
    holder: p.text(),
    /** Milliseconds since the epoch by the machine's own clock, also where the practice world's calendar differs. */
    expiresAtMs: p.double(),
  },
})
