import { randomUUID } from 'node:crypto'
import type { Orm } from '../../database/orm.ts'
import { LeaseEntity } from './lease.entity.ts'

/** How long a lease lives without being renewed: a dead holder blocks nobody for longer than this. */
const LEASE_MS = 30_000

/** A right held by this process until released, renewed while it lives. */
export interface Lease {
  readonly name: string
  /** True once somebody else may have taken it, because renewing failed for as long as it lives. */
  isLost(): boolean
  release(): Promise<void>
}

/**
 * Takes the lease of that name; `null` while another holder has it. One SQL statement decides, so two
 * processes never both have it. Time is the machine's: leases are about processes, not about billing days.
 */
export async function takeLease(orm: Orm, name: string): Promise<Lease | null> {
  const holder = randomUUID()
  if (!(await claim(orm, name, holder))) return null
  let expiresAtMs = Date.now() + LEASE_MS
  const timer = setInterval(() => {
    claim(orm, name, holder).then(
      (held) => {
        if (held) expiresAtMs = Date.now() + LEASE_MS
        else expiresAtMs = 0
      },
      // The database is away: the lease runs out by itself, and `isLost` tells.
      () => undefined,
    )
  }, LEASE_MS / 3)
  timer.unref()
  return {
    name,
    isLost: () => Date.now() >= expiresAtMs,
    release: async () => {
      clearInterval(timer)
      expiresAtMs = 0
      await orm.em.fork().execute('delete from lease where name = ? and holder = ?', [name, holder])
    },
  }
}

/** Whether a process holds the lease of that name now. */
export async function isLeaseHeld(orm: Orm, name: string): Promise<boolean> {
  const lease = await orm.em.fork().findOne(LeaseEntity, { name })
  return lease !== null && Number(lease.expiresAtMs) >= Date.now()
}

async function claim(orm: Orm, name: string, holder: string): Promise<boolean> {
  const nowMs = Date.now()
  const rows: unknown[] = await orm.em.fork().execute(
    `insert into lease (name, holder, expires_at_ms) values (?, ?, ?)
     on conflict (name) do update set holder = excluded.holder, expires_at_ms = excluded.expires_at_ms
       where lease.holder = excluded.holder or lease.expires_at_ms < ?
     returning holder`,
    [name, holder, nowMs + LEASE_MS, nowMs],
    'all',
  )
  return rows.length === 1
}
