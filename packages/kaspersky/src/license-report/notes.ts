import type { LicenceReportProblem } from './problem.ts'

/** Gathers what is wrong with a file. */
export interface Notes {
  /** At most a thousand, in the order they came. */
  readonly problems: readonly LicenceReportProblem[]
  readonly problemCount: number
  readonly isFileSpoilt: boolean
  add(problem: LicenceReportProblem): void
  /** The file as a whole cannot be accepted, whatever a person says. */
  spoilFile(problem?: LicenceReportProblem): void
}

/** More problems than a person reads. */
const MAX_PROBLEMS = 1_000

/** No notes. */
export function createNotes(): Notes {
  const problems: LicenceReportProblem[] = []
  let problemCount = 0
  let isFileSpoilt = false

  function add(problem: LicenceReportProblem): void {
    problemCount += 1
    if (problems.length < MAX_PROBLEMS) problems.push(problem)
  }

  return {
    problems,
    get problemCount() {
      return problemCount
    },
    get isFileSpoilt() {
      return isFileSpoilt
    },
    add,
    spoilFile: (problem) => {
      isFileSpoilt = true
      if (problem !== undefined) add(problem)
    },
  }
}
