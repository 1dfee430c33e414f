import { Migration } from '@mikro-orm/migrations'
import { isPostgresql } from '../dialect.ts'
import { newId } from '../id.ts'

/**
 * Devices are left out of the bill in one place only, the table `device_exclusion`. What the counting rules of service
 * mappings listed moves there, unless that would change a bill: a list of a mapping that does not bill at the moment, or
 * of another category than the device's, had no effect, and is kept in the activity log instead.
 */
export class Exclusions extends Migration {
  override async up(): Promise<void> {
    const rows = await this.execute(MAPPINGS)
    for (const mapping of rows.map(toMapping)) {
      const idle: string[] = []
      for (const device of new Set(mapping.devices)) {
        const use = await this.findUse(mapping, device)
        if (hasEffect(mapping, use)) await this.takeOver(mapping, device, use?.name ?? device)
        else idle.push(device)
      }
      if (idle.length > 0)
        await this.log(mapping, 'DEVICE_EXCLUSION_WITHOUT_EFFECT', {
          before: { category: mapping.categoryKey || null, excludedDevices: idle },
          after: null,
        })
    }
    this.addSql(
      `update service_mapping set counting = ${isPostgresql(this.driver) ? "counting - 'excludedDevices'" : "json_remove(counting, '$.excludedDevices')"}`,
    )
  }

  /** How the newest reading that showed the device saw it. */
  private async findUse({ applicationId }: Mapping, device: string): Promise<Use | null> {
    const [row] = await this.execute(
      'select name, category from device_use where application_id = ? and device_id = ? order by id desc limit 1',
      [applicationId, device],
    )
    return row === undefined
      ? null
      : { name: String(row['name']), category: String(row['category']) }
  }

  /** A device that somebody has excluded in the table, too, keeps the reason given there. */
  private async takeOver(mapping: Mapping, device: string, name: string): Promise<void> {
    const known = await this.execute(
      'select id from device_exclusion where application_id = ? and device_id = ?',
      [mapping.applicationId, device],
    )
    if (known.length > 0) return
    const { by, at } = await this.findWho(mapping, device)
    await this.execute(
      `insert into device_exclusion (id, application_id, device_id, device_name, reason, excluded_at, excluded_by)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [newId(), mapping.applicationId, device, name, REASON, at, by],
    )
    await this.log(mapping, 'DEVICE_EXCLUDED', {
      before: null,
      after: { device: name, reason: REASON },
    })
  }

  /** Who put the device on the list, by the activity log. */
  private async findWho(
    { applicationId, updatedAt }: Mapping,
    device: string,
  ): Promise<{ readonly by: string; readonly at: unknown }> {
    const activities = await this.execute(
      `select at, actor, "before", "after" from activity
       where action = 'SERVICE_MAPPING_CHANGED' and subject_id = ? order by id desc`,
      [applicationId],
    )
    const added = activities.find(
      (row) =>
        readDevices(row['after']).includes(device) && !readDevices(row['before']).includes(device),
    )
    return added === undefined
      ? { by: ACTOR, at: updatedAt }
      : { by: String(added['actor']), at: added['at'] }
  }

  private async log(
    { integrationId, applicationId, applicationName }: Mapping,
    action: string,
    { before, after }: { readonly before: object | null; readonly after: object | null },
  ): Promise<void> {
    const toText = (value: object | null): string | null => value && JSON.stringify(value)
    await this.execute(
      `insert into activity (id, integration_id, at, actor, action, subject_kind, subject_id, subject_name, "before", "after")
       values (?, ?, ?, ?, ?, 'APPLICATION', ?, ?, ?, ?)`,
      [
        newId(),
        integrationId,
        new Date(),
        ACTOR,
        action,
        applicationId,
        applicationName,
        toText(before),
        toText(after),
      ],
    )
  }
}

interface Mapping {
  readonly integrationId: string
  readonly applicationId: string
  readonly applicationName: string
  /** Empty: the whole application. */
  readonly categoryKey: string
  readonly devices: readonly string[]
  readonly updatedAt: unknown
  readonly isInForce: boolean
  readonly countUnknownAsWorkstation: boolean
}

interface Use {
  readonly name: string
  readonly category: string
}

type Row = Readonly<Record<string, unknown>>

const ACTOR = 'migration'
const REASON = 'Taken over from the counting rule of its service mapping.'

const MAPPINGS = `select mapping.integration_id, mapping.application_id, mapping.category_key, mapping.counting,
    mapping.updated_at, application.name, application.unit, integration.bill_devices_by_category,
    integration.count_unknown_as_workstation
  from service_mapping as mapping
  join application on application.id = mapping.application_id
  join integration on integration.id = mapping.integration_id
  order by mapping.id`

function toMapping(row: Row): Mapping {
  const categoryKey = String(row['category_key'])
  const byCategory = Boolean(row['bill_devices_by_category']) && row['unit'] === 'DEVICE'
  return {
    integrationId: String(row['integration_id']),
    applicationId: String(row['application_id']),
    applicationName: String(row['name']),
    categoryKey,
    devices: readDevices({ counting: readJson(row['counting']) }),
    updatedAt: row['updated_at'],
    isInForce: (categoryKey !== '') === byCategory,
    countUnknownAsWorkstation: Boolean(row['count_unknown_as_workstation']),
  }
}

/** A device that no reading has shown yet is taken over: somebody meant it to stay free. */
function hasEffect(mapping: Mapping, use: Use | null): boolean {
  const { categoryKey, isInForce, countUnknownAsWorkstation } = mapping
  if (!isInForce) return false
  return (
    categoryKey === '' ||
    use === null ||
    use.category === categoryKey ||
    (use.category === 'UNKNOWN' &&
      countUnknownAsWorkstation &&
      categoryKey === 'WINDOWS_WORKSTATION')
  )
}

/** The list of a mapping, as it is stored or as the activity log tells of it. */
function readDevices(mapping: unknown): readonly string[] {
  const { counting } = (readJson(mapping) ?? {}) as {
    readonly counting?: { readonly excludedDevices?: readonly string[] }
  }
  return counting?.excludedDevices ?? []
}

/** SQLite gives JSON as text, PostgreSQL as what it says. */
function readJson(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value
}
