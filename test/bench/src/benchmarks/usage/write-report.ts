import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A report on disk, and what it says. */
export interface WrittenReport {
  readonly path: string
  /** Company, application, unit and number, joined by slashes, sorted. */
  readonly counts: readonly string[]
  remove(): Promise<void>
}

const companies = 3_000
const header =
  'Unternehmen;Programm;Lizenz-ID;Lizenztyp;Lizenzstatus;Einheit;Verwendet;Lizenzlimit;Ablaufdatum;Berichtsdatum'

/** Writes a German licence report of about so many megabytes into a folder of its own. */
export async function writeReport(megabytes: number): Promise<WrittenReport> {
  const folder = await mkdtemp(join(tmpdir(), 'trueup-report-'))
  const path = join(folder, 'Lizenzbericht.csv')
  const sums = new Map<string, number>()

  function* lines(): Generator<string> {
    yield `${header}\r\n`
    for (let number = 0, bytes = 0; bytes < megabytes * 1_000_000; number += 1) {
      const company = `Kunde ${number % companies} für Größe GmbH & Co. KG`
      const used = (number * 7) % 90
      const key = `${company}/Kaspersky Endpoint Security Cloud/DEVICE`
      sums.set(key, (sums.get(key) ?? 0) + used)
      const line = `${company};Kaspersky Endpoint Security Cloud;LIZENZ-${number};Abonnement;Aktiv;Geräte;${used};100;31.12.2027;15.06.2026\r\n`
      bytes += Buffer.byteLength(line)
      yield line
    }
  }

  await pipeline(Readable.from(lines()), createWriteStream(path))
  const counts = [...sums].map(([key, sum]) => `${key}/${sum}`).toSorted()
  return { path, counts, remove: () => rm(folder, { recursive: true }) }
}
