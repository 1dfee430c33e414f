import { errors, ok, type Answer } from './answers.ts'
import { API_USER } from './access/api-user.ts'
import type { Limits } from './access/limits.ts'
import type { Zone } from './access/zones.ts'
import type { Switches } from '../switches.ts'

/** `zoneInformation?user=`: open to everybody; an unknown user is a server error. */
export function answerZone(url: URL, zone: Zone): Answer {
  const user = url.searchParams.get('user') ?? ''
  if (user.toLowerCase() !== API_USER.userName.toLowerCase()) {
    return errors(500, 'Zone information could not be determined')
  }
  return ok({
    zoneName: `Practice Zone ${zone.number}`,
    url: `${zone.origin}/atservicesrest/`,
    webUrl: `${zone.origin}/`,
    ci: 123_456,
  })
}

/** `VersionInformation`: lists a version that must not be used. */
export function answerVersions(): Answer {
  return ok({ apiVersions: ['V1.0', 'V2.0'] })
}

/** `Version`: needs credentials and no permission. */
export function answerVersion(): Answer {
  return ok({ majorVersion: '2026', minorVersion: '3', build: '0', customerType: 'Customer' })
}

/** `ThresholdInformation`. */
export function answerThreshold(limits: Limits, switches: Switches): Answer {
  return ok({
    externalRequestThreshold: switches.requestThreshold,
    requestThresholdTimeframe: 60,
    currentTimeframeRequestCount: limits.requestsThisHour(),
  })
}
