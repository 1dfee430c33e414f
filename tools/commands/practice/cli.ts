// Lives the practice world's months through Trueup's API and prints a summary. Its facts come on stdin as JSON.
import { text } from 'node:stream/consumers'
import { createAsk } from './graphql-client.ts'
import { liveMonths } from './months.ts'
import { schedule, setUp, type World } from './setting-up.ts'
import { drawSummary, type Address } from './summary.ts'
import { createWorldControl } from './world-control.ts'

interface Facts {
  readonly adminToken: string
  readonly world: World
  readonly address: Address
  /** The day on which the months end. */
  readonly lastDay: string
}

const { adminToken, world, address, lastDay } = JSON.parse(await text(process.stdin)) as Facts
const ask = createAsk(address.url, adminToken)
const integrationId = await setUp(ask, world)
await liveMonths({ ask, control: createWorldControl(world.control), integrationId }, lastDay)
const { integration } = await ask<{ integration: { version: number } }>(
  /* GraphQL */ `
    query Version($integrationId: ID!) {
      integration(id: $integrationId) {
        version
      }
    }
  `,
  { integrationId },
)
await ask(schedule, { id: integrationId, version: integration.version, enabled: true })
console.log(await drawSummary(ask, integrationId, address))
