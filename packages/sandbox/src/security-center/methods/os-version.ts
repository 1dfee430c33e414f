import type { OperatingSystem } from '../../world/security/security-state.ts'
import { OPERATING_SYSTEMS } from '../../world/security/catalogue.ts'
import { type Container, params } from '../wire.ts'
import type { Methods } from './method.ts'

const ENTRIES = Object.values(OPERATING_SYSTEMS)
  .flat()
  .map(({ os }, position) => ({ os, id: position + 1 }))

/** Class OsVersion. */
export const osVersionMethods: Methods = {
  'OsVersion.GetOsByAttributes': (_context, given) => ({
    PxgRetVal: given.containers('pDataToResolve').map((asked) => params(resolve(asked))),
  }),
}

/** An entry for each combination asked for, in the same order; what is not known has neither name nor mark. */
function resolve(asked: Record<string, unknown>): Container {
  const found = ENTRIES.find(({ os }) => isSame(os, asked))
  if (!found) return { KLWNF_OS_ID: 0, KLWNF_OS_IS_SERVER: false }
  return {
    KLWNF_OS_ID: found.id,
    KLHST_WKS_OS_NAME: (found.os.name ?? '').replaceAll(/[<>]/gu, ''),
    KLWNF_OS_IS_SERVER: found.os.category === 'WINDOWS_SERVER',
  }
}

function isSame(os: OperatingSystem, asked: Record<string, unknown>): boolean {
  return (
    os.name !== null &&
    asked['KLHST_WKS_CTYPE'] === os.ctype &&
    asked['KLHST_WKS_PTYPE'] === os.ptype &&
    asked['KLHST_WKS_OS_VER_MAJOR'] === os.major &&
    asked['KLHST_WKS_OS_VER_MINOR'] === os.minor &&
    asked['KLHST_WKS_OS_BUILD_NUMBER'] === os.build
  )
}
