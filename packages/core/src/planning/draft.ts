import type { HoldReason } from '../guard.ts'
import type { Finding } from '../issue.ts'
import type { PlannedAdjustment, PlannedLine } from '../plan.ts'
import type { ApplicationName, ServiceId, TenantId } from '../values/ids.ts'

/** A plan under construction: what is found customer by customer, before the run's own brakes. */
export interface Draft {
  readonly lines: PlannedLine[]
  readonly drafted: DraftedLine[]
  readonly findings: Finding[]
  readonly serviceNotes: ServiceNote[]
  readonly evidenceNotes: EvidenceNote[]
}

/** One line's changes with what stands against them. */
export interface DraftedLine {
  /** In the order they must be posted. */
  readonly adjustments: readonly PlannedAdjustment[]
  readonly hold: HoldReason | null
  /** A person approved exactly these changes: the run's brakes let them pass. */
  readonly isApproved: boolean
}

/** Something about a service, seen at one line; summed up to one finding a service. */
export interface ServiceNote {
  readonly code: 'SERVICE_MISSING' | 'SERVICE_INACTIVE' | 'SERVICE_PERIOD_DIFFERS'
  readonly service: ServiceId
  readonly tenant: TenantId
  readonly units: number
  /** The line is not billed because of it. */
  readonly isLost: boolean
}

/** A customer whose number for an application cannot be given; summed up to one finding an application. */
export interface EvidenceNote {
  readonly application: ApplicationName
  readonly tenant: TenantId
}

/** An empty draft. */
export function startDraft(): Draft {
  return { lines: [], drafted: [], findings: [], serviceNotes: [], evidenceNotes: [] }
}

/** Does one customer's part; when it throws, everything it has added is taken off again. */
export function addOrUndo(draft: Draft, add: () => void): void {
  const { lines, drafted, findings, serviceNotes, evidenceNotes } = draft
  const [lineCount, draftedCount, findingCount] = [lines.length, drafted.length, findings.length]
  const [serviceNoteCount, evidenceNoteCount] = [serviceNotes.length, evidenceNotes.length]
  try {
    add()
  } catch (error) {
    lines.length = lineCount
    drafted.length = draftedCount
    findings.length = findingCount
    serviceNotes.length = serviceNoteCount
    evidenceNotes.length = evidenceNoteCount
    throw error
  }
}
