// A pretend API over HTTP, to look at the pages without a database: `TRUEUP_API=<its address> vite`.
import { graphql } from 'graphql'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openOffice } from '../office/office.ts'

const [tenants = '60', port = '0', integrations = '1'] = process.argv.slice(2)
const office = openOffice({
  tenants: Number(tenants),
  integrations: Number(integrations),
  signedIn: true,
})

const server = createServer((request, response) => {
  void (async () => {
    const parts: Buffer[] = []
    for await (const part of request) if (part instanceof Buffer) parts.push(part)
    const { query, variables } = JSON.parse(Buffer.concat(parts).toString() || '{}')
    const result = await graphql({
      schema: office.schema,
      rootValue: office.rootValue,
      source: query,
      variableValues: variables,
    })
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
  })()
})
server.listen(Number(port), '127.0.0.1', () => {
  const { port: taken } = server.address() as AddressInfo
  console.log(`http://127.0.0.1:${taken}`)
})
