import { watch, type Dirent, type FSWatcher } from 'node:fs'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Services } from '../../context.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { importReport, type ImportOutcome } from '../report/import-report.ts'
import { describeOutcome } from './describe-outcome.ts'
import { toFileOnDisk } from './file-on-disk.ts'

/** A folder into which people and programs put reports; one folder below it for each integration, by its name. */
export interface ReportFolder {
  /** Looks once and takes what is complete. Answers how many files are still being written, as far as one can tell. */
  look(): Promise<number>
  /** Makes the folders and looks whenever something happens in them. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** A file that has not changed for so long is complete. */
export const QUIET_MS = 5_000
/** Network folders do not tell what happens in them, and new integrations want a folder. */
const LOOK_EVERY_MS = 60_000

const NOT_TOLD = 'Nobody tells of new reports in their folder; it is looked at once a minute'

/** What programs call a file while they write it, and what nobody wants to see. */
const UNFINISHED = /^[.~]|\.(?:part|partial|tmp|crdownload|filepart)$/i

/** Watches `folder`. Nothing is touched before `start` or `look`. */
export function createReportFolder(services: Services, folder: string): ReportFolder {
  const { log, machineClock } = services
  const seen = new Map<string, Seen>()
  const ended = new AbortController()
  let underWay: Promise<number> = Promise.resolve(0)
  let watcher: FSWatcher | null = null
  let timer: NodeJS.Timeout | null = null
  let isFollowing = false
  let hasNews = false

  const look = (): Promise<number> => {
    underWay = underWay.then(() => takeAll(services, folder, seen))
    return underWay
  }
  /** Looks as long as something is being written. However many events there are, one loop looks. */
  const follow = async (): Promise<void> => {
    hasNews = true
    if (isFollowing) return
    isFollowing = true
    try {
      for (let waiting = 0; (hasNews || waiting > 0) && !ended.signal.aborted;) {
        hasNews = false
        waiting = await look()
        if (waiting > 0) await machineClock.sleep(QUIET_MS, ended.signal)
      }
    } catch (error) {
      underWay = Promise.resolve(0)
      log.error({ err: error, folder }, 'The folder of reports could not be looked through')
    } finally {
      isFollowing = false
    }
  }
  return {
    look,
    start: async () => {
      try {
        await mkdir(folder, { recursive: true })
        watcher = watch(folder, { recursive: true }, () => void follow())
        watcher.on('error', (error) => log.warn({ err: error, folder }, NOT_TOLD))
      } catch (error) {
        // Everything else works without a folder; and one that comes later is found by looking.
        log.warn({ err: error, folder }, NOT_TOLD)
      }
      timer = setInterval(() => void follow(), LOOK_EVERY_MS)
      void follow()
    },
    stop: async () => {
      ended.abort()
      watcher?.close()
      if (timer !== null) clearInterval(timer)
      await underWay.catch(() => undefined)
    },
  }
}

/** How a file was when it was last looked at, and since when it has been so. */
interface Seen {
  readonly size: number
  readonly mtimeMs: number
  readonly sinceMs: number
}

async function takeAll(
  services: Services,
  folder: string,
  seen: Map<string, Seen>,
): Promise<number> {
  const integrations = await services.orm.em
    .fork()
    .find(IntegrationEntity, { source: 'LICENCE_REPORT' })
  const there = new Set<string>()
  let waiting = 0
  for (const integration of integrations) {
    const own = join(folder, toFolderName(integration.name))
    await mkdir(own, { recursive: true })
    for (const name of await listFiles(own)) {
      const path = join(own, name)
      there.add(path)
      if (await isComplete(services, path, seen))
        await takeOne(services, integration, { own, name })
      else waiting += 1
    }
  }
  for (const path of seen.keys()) if (!there.has(path)) seen.delete(path)
  return waiting
}

/** Files in the order of their names, which mostly is that of their days. */
async function listFiles(folder: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name))
    .map(({ name }) => name)
    .toSorted()
}

/** Whether a file has been the same for a while. Its own date does not count: copying may keep an old one. */
async function isComplete(
  { machineClock }: Services,
  path: string,
  seen: Map<string, Seen>,
): Promise<boolean> {
  const now = machineClock.nowMs()
  const file = await stat(path).catch(() => null)
  if (file === null) return false
  const before = seen.get(path)
  const isSame = before?.size === file.size && before.mtimeMs === file.mtimeMs
  const sinceMs = isSame ? before.sinceMs : now
  seen.set(path, { size: file.size, mtimeMs: file.mtimeMs, sinceMs })
  return now - sinceMs >= QUIET_MS
}

async function takeOne(
  services: Services,
  integration: IntegrationRow,
  { own, name }: { readonly own: string; readonly name: string },
): Promise<void> {
  const { log, machineClock } = services
  let outcome: ImportOutcome
  try {
    outcome = await importReport(services, {
      integrationId: integration.id,
      actor: 'folder of reports',
      file: toFileOnDisk(join(own, name)),
      profile: null,
      reportDay: null,
      acceptRowsWithProblems: false,
      acceptMissing: false,
      renames: [],
    })
  } catch (error) {
    // The file stays where it is and is looked at again.
    log.error({ err: error, integrationId: integration.id, name }, 'A report could not be taken')
    return
  }
  const place = join(own, outcome.problems.length === 0 ? 'imported' : 'refused')
  // Colons are not for names of files.
  const at = new Date(machineClock.nowMs()).toISOString().replaceAll(':', '-')
  await mkdir(place, { recursive: true })
  try {
    await rename(join(own, name), join(place, `${at} ${name}`))
  } catch (error) {
    // Another process on the same folder was faster; the database has seen to it that it counts once.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return
  }
  const text = describeOutcome(name, outcome)
  await writeFile(join(place, `${at} ${name}.txt`), `${text.join('\n')}\n`)
  log.info(
    { integrationId: integration.id, name, codes: outcome.problems.map(({ code }) => code) },
    text[0],
  )
}

/** An integration's name as the name of a folder on any system. */
export function toFolderName(name: string): string {
  const safe = name.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '-').replace(/[. ]+$/u, '')
  return /^\.*$/.test(safe) ? `integration ${safe}`.trim() : safe
}
