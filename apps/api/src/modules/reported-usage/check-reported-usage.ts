import type { UsageUnit } from '@trueup/core'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import type {
  ReportedApplicationInput,
  ReportedTenantInput,
  ReportUsageInput,
} from './reported-usage.input.ts'

const MOST_KEY_CHARACTERS = 200
const MOST_NAME_CHARACTERS = 500
/** As in licence reports: a number beyond it is a mistake. */
const LARGEST_QUANTITY = 10_000_000
/** More faults than anybody reads at once. */
const MOST_PROBLEMS = 100
const REASON = /^[A-Z][A-Z0-9_]{0,99}$/

/** What is wrong with usage that a program reports, by the path of the field. */
export function checkReportedUsage({ clientKey, tenants }: ReportUsageInput): Problem[] {
  const problems: Problem[] = []
  if (!isFilled(clientKey, MOST_KEY_CHARACTERS))
    problems.push(fault('clientKey', `a key has 1 to ${MOST_KEY_CHARACTERS} characters`))
  if (tenants.length === 0)
    problems.push(fault('tenants', 'a snapshot without any workspace is not complete'))
  const ids = new Set<string>()
  const units = new Map<string, UsageUnit>()
  for (const [index, tenant] of tenants.entries()) {
    const path = `tenants[${index}]`
    const id = tenant.externalId.trim()
    if (ids.has(id)) problems.push(fault(`${path}.externalId`, 'the workspace is listed twice'))
    ids.add(id)
    problems.push(...checkTenant(path, tenant, units))
    if (problems.length >= MOST_PROBLEMS) break
  }
  return problems.slice(0, MOST_PROBLEMS)
}

function checkTenant(
  path: string,
  tenant: ReportedTenantInput,
  units: Map<string, UsageUnit>,
): Problem[] {
  const { externalId, name, applications, incompleteReason = null } = tenant
  const problems: Problem[] = []
  if (!isFilled(externalId, MOST_NAME_CHARACTERS))
    problems.push(fault(`${path}.externalId`, 'the id is empty or too long'))
  if (!isFilled(name, MOST_NAME_CHARACTERS))
    problems.push(fault(`${path}.name`, 'the name is empty or too long'))
  if (incompleteReason !== null && !REASON.test(incompleteReason))
    problems.push(fault(`${path}.incompleteReason`, 'a reason is a code in UPPER_SNAKE'))
  if (incompleteReason !== null && applications.length > 0)
    problems.push(fault(`${path}.applications`, 'an incomplete workspace has no applications'))
  const named = new Set<string>()
  for (const [index, usage] of applications.entries()) {
    const at = `${path}.applications[${index}]`
    const application = usage.application.trim()
    if (named.has(application)) problems.push(fault(at, 'the application is listed twice'))
    named.add(application)
    problems.push(...checkApplication(at, usage))
    const unit = units.get(application) ?? usage.unit
    units.set(application, unit)
    if (unit !== usage.unit)
      problems.push(fault(`${at}.unit`, `the application is counted as ${unit} elsewhere`))
  }
  return problems
}

function checkApplication(at: string, usage: ReportedApplicationInput): Problem[] {
  const { application, unit, quantity, byCategory = null } = usage
  const problems: Problem[] = []
  if (!isFilled(application, MOST_NAME_CHARACTERS))
    problems.push(fault(`${at}.application`, 'the name is empty or too long'))
  if (!isQuantity(quantity))
    problems.push(fault(`${at}.quantity`, `a quantity is from 0 to ${LARGEST_QUANTITY}`))
  if (byCategory === null) return problems
  const parts = [
    byCategory.windowsWorkstations,
    byCategory.windowsServers,
    byCategory.nonWindows,
    byCategory.unknown,
  ]
  if (unit !== 'DEVICE') problems.push(fault(`${at}.byCategory`, 'only devices have categories'))
  if (!parts.every(isQuantity) || parts.reduce((sum, part) => sum + part, 0) !== quantity)
    problems.push(fault(`${at}.byCategory`, 'the categories do not add up to the quantity'))
  return problems
}

function isFilled(text: string, most: number): boolean {
  const { length } = text.trim()
  return length > 0 && length <= most
}

function isQuantity(value: number): boolean {
  return value >= 0 && value <= LARGEST_QUANTITY
}

function fault(path: string, reason: string): Problem {
  return toProblem('REPORTED_USAGE_INVALID', fieldSubject(`input.${path}`, path), { reason })
}
