import type { Sandbox } from '@trueup/sandbox'
import { connectionsOf } from './start-practice.ts'
import { ADMIN_TOKEN, type GraphqlAnswer, type TestApp } from './start-test-app.ts'
import { CONNECTIONS_TO_NOWHERE, createIntegration } from './store-integration.ts'

/** A problem as tests look at it. */
export interface SeenProblem {
  readonly code: string
  readonly message: string
  readonly facts: readonly { readonly name: string; readonly value: string | null }[]
}

/** The answer of `importLicenceReport` and `reportUsage`. */
export interface ImportAnswer {
  readonly import: {
    readonly id: string
    readonly usageDay: string | null
    readonly companies: number
    readonly companiesIncomplete: number
    readonly snapshot: { readonly id: string } | null
  } | null
  readonly isRepeated: boolean
  readonly rowProblemCount: number
  readonly rowProblems: readonly {
    readonly code: string
    readonly row: number | null
    readonly column: string | null
  }[]
  readonly problems: readonly SeenProblem[]
}

/** What is asked of either mutation. */
const IMPORT_ANSWER = `
  import { id usageDay companies companiesIncomplete snapshot { id } }
  isRepeated
  rowProblemCount
  rowProblems { code row column }
  problems { code message facts { name value } }
`
const IMPORT = `mutation($id: ID!, $input: ImportLicenceReportInput!) {
  importLicenceReport(integrationId: $id, input: $input) { ${IMPORT_ANSWER} } }`
const REPORT = `mutation($id: ID!, $input: ReportUsageInput!) {
  reportUsage(integrationId: $id, input: $input) { ${IMPORT_ANSWER} } }`

/** Stores an integration whose usage is handed in; it bills into the sandbox's Autotask where one is given. */
export function storeReportIntegration(
  trueup: TestApp,
  options: { readonly name?: string; readonly sandbox?: Sandbox } = {},
): Promise<string> {
  const { name = 'Workspaces', sandbox } = options
  const { autotask } = sandbox === undefined ? CONNECTIONS_TO_NOWHERE : connectionsOf(sandbox)
  return createIntegration(trueup, { name, source: 'LICENCE_REPORT', autotask })
}

/** Imports a text as base64. */
export async function importText(
  trueup: TestApp,
  integrationId: string,
  text: string | Buffer,
  input: object = {},
): Promise<ImportAnswer> {
  const base64 = Buffer.from(text).toString('base64')
  const order = { file: { base64, name: 'report.csv' }, ...input }
  return (await change(trueup, IMPORT, { id: integrationId, input: order })).importLicenceReport
}

/** Reports a snapshot as a program does. */
export async function report(
  trueup: TestApp,
  integrationId: string,
  input: object,
): Promise<ImportAnswer> {
  return (await change(trueup, REPORT, { id: integrationId, input })).reportUsage
}

async function change(
  trueup: TestApp,
  mutation: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Record<'importLicenceReport' | 'reportUsage', ImportAnswer>> {
  const { data, errors } = await trueup.ask<
    Record<'importLicenceReport' | 'reportUsage', ImportAnswer>
  >(mutation, variables)
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data
}

/** Uploads a file by the multipart request specification, in pieces, as a browser does. */
export async function upload(
  trueup: TestApp,
  integrationId: string,
  file: Blob,
  style: {
    readonly headers?: Readonly<Record<string, string>>
    readonly token?: string | null
  } = {},
): Promise<{
  status: number
  body: Partial<GraphqlAnswer<{ importLicenceReport: ImportAnswer }>>
}> {
  const { token = ADMIN_TOKEN, headers = { 'apollo-require-preflight': 'true' } } = style
  const form = new FormData()
  const variables = { id: integrationId, input: { file: { upload: null } } }
  form.append('operations', JSON.stringify({ query: IMPORT, variables }))
  form.append('map', JSON.stringify({ 0: ['variables.input.file.upload'] }))
  form.append('0', file, 'report.csv')
  const response = await fetch(`${trueup.app.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as never }
}

/** Codes of problems. */
export function codesOf({ problems }: Pick<ImportAnswer, 'problems'>): string[] {
  return problems.map(({ code }) => code)
}

const HEADER = 'Company;Application;Used;Unit;Status;Expires;Licence;Report date'

/** A report of a day with these rows: company, application, quantity. */
export function reportOf(
  day: string,
  ...rows: readonly (readonly [company: string, application: string, used: number | string])[]
): string {
  const lines = rows.map(
    ([company, application, used], index) =>
      `${company};${application};${used};Devices;Active;2030-12-31;L-${index};${day}`,
  )
  return [HEADER, ...lines, ''].join('\r\n')
}

/** What each workspace uses, as the newest reading of each says: `name / application: quantity`. */
export async function usageOf(trueup: TestApp, integrationId: string): Promise<string[]> {
  const { data } = await trueup.ask<{
    workspaces: {
      nodes: {
        name: string
        isPresent: boolean
        usage: { quantity: number; application: { name: string } }[]
      }[]
    }
  }>(
    `query($id: ID!) { workspaces(integrationId: $id, first: 500) { nodes {
      name isPresent usage { quantity application { name } } } } }`,
    { id: integrationId },
  )
  return data.workspaces.nodes.flatMap(({ name, isPresent, usage }) =>
    isPresent
      ? usage.map(({ application, quantity }) => `${name} / ${application.name}: ${quantity}`)
      : [`${name}: gone`],
  )
}
