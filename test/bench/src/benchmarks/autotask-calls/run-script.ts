import { AutotaskRestApi, type Entity } from '@apigrate/autotask-restapi'
import { runDay, type Provider } from './provider.ts'

const periodStart = `${runDay.slice(0, 8)}01`
/** Autotask's threshold is 10,000 requests an hour; the script is given an hour for every so many lines. */
const linesAnHour = 2_000

/**
 * The same job as a straightforward script does it with somebody else's client: customer by customer, line by line, it
 * reads the contract, its lines and the units of today's period, posts what differs and reads the units again.
 * Returns how many adjustments were confirmed.
 */
export async function runScript({ sandbox, lines }: Provider): Promise<number> {
  const { url, userName, secret, integrationCode } = sandbox.connection.autotask
  const api = new AutotaskRestApi(userName, secret, integrationCode, { base_url: url })
  const wanted = new Map(lines.map((line) => [line.line, line]))
  // The zone is looked up before counting begins, for both sides.
  await entity(api, 'Contracts').query(equal('id', lines[0]?.contract))
  sandbox.clearCalls()
  let confirmed = 0
  let seen = 0
  for (const contract of new Set(lines.map((line) => line.contract))) {
    await entity(api, 'Contracts').query(equal('id', contract))
    const { items } = await entity(api, 'ContractServices').query(equal('contractID', contract))
    for (const { id } of items) {
      seen += 1
      if (seen % linesAnHour === 0) sandbox.passMinutes(61)
      const units = (wanted.get(Number(id))?.wanted ?? 0) - (await readUnits(api, Number(id)))
      if (units === 0) continue
      await entity(api, 'ContractServiceAdjustments').create(contract, {
        contractServiceID: id,
        unitChange: units,
        effectiveDate: periodStart,
      })
      if ((await readUnits(api, Number(id))) === wanted.get(Number(id))?.wanted) confirmed += 1
    }
  }
  return confirmed
}

async function readUnits(api: AutotaskRestApi, line: number): Promise<number> {
  const { items } = await entity(api, 'ContractServiceUnits').query({
    filter: [
      { op: 'eq', field: 'contractServiceID', value: line },
      { op: 'eq', field: 'startDate', value: periodStart },
    ],
  })
  return Number(items[0]?.['units'])
}

function equal(field: string, value: number | undefined): object {
  return { filter: [{ op: 'eq', field, value }] }
}

function entity(api: AutotaskRestApi, name: string): Entity {
  const found = api[name]
  if (found === undefined) throw new Error(`The client has no ${name}.`)
  return found
}
