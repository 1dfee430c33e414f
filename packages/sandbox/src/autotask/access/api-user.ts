import type { IncomingHttpHeaders } from 'node:http'
import type { Switches } from '../../switches.ts'
import { errors, type Answer } from '../answers.ts'

/** What an integration signs in with. */
export interface ApiUser {
  userName: string
  secret: string
  integrationCode: string
}

/** The one API user of every sandbox. Not secrets: they open nothing but the sandbox. */
export const API_USER: ApiUser = {
  userName: 'api-billing@nordlicht-systemhaus.example',
  secret: 'sandbox-api-secret-0001',
  integrationCode: 'SANDBOXTRUEUPINTEGRATION001',
}

/** The refusal of wrong credentials, or null when all three headers are right. */
export function refuseStranger(
  headers: IncomingHttpHeaders,
  given: { switches: Switches; zone: number },
): Answer | null {
  const userIsRight = same(headers['username'], API_USER.userName)
  const secretIsRight = headers['secret'] === API_USER.secret
  const codeIsRight = same(headers['apiintegrationcode'], API_USER.integrationCode)
  if (userIsRight && secretIsRight && codeIsRight) return null
  if (given.switches.authStatuses === 'old') {
    if (!codeIsRight) return errors(500, 'IntegrationCode is invalid.')
    if (!userIsRight) return errors(500, 'The logged in user could not be determined.')
  }
  return unauthorized(given.zone)
}

/** 401 without a body, as for wrong credentials and for a database that has moved away. */
export function unauthorized(zone: number): Answer {
  return {
    status: 401,
    headers: { 'WWW-Authenticate': `Basic Realm="webservices${zone}.sandbox"` },
  }
}

function same(given: string | string[] | undefined, wanted: string): boolean {
  return typeof given === 'string' && given.toLowerCase() === wanted.toLowerCase()
}
