import { explainProblem } from '../../problems.ts'
import type { ImportOutcome } from '../report/import-report.ts'
import { rowProblemMessages } from '../report/row-problem-messages.ts'

/** Lines that a person reads in one go. */
const MOST_LINES = 200

/** What became of a report, in words: one line when it was taken, else every reason and where it stands. */
export function describeOutcome(name: string, outcome: ImportOutcome): string[] {
  const { row, isRepeated, problems, rowProblems, rowProblemCount } = outcome
  const places = rowProblems.slice(0, MOST_LINES).map((problem) => {
    const where = [
      problem.row === null ? null : `row ${problem.row}`,
      problem.column === null ? null : `“${problem.column}”`,
    ].filter((part) => part !== null)
    const what = problem.value === null ? '' : ` “${problem.value}”:`
    const place = where.length === 0 ? 'the file' : where.join(', ')
    return `${place}:${what} ${rowProblemMessages[problem.code]} (${problem.code})`
  })
  const left = rowProblemCount - places.length
  const more = left > 0 ? [`… and ${left} more.`] : []
  if (problems.length > 0)
    return [
      `${name} was not imported.`,
      ...problems.map((problem) => `${explainProblem(problem)} (${problem.code})`),
      ...places,
      ...more,
    ]
  const taken = `${row?.companies ?? 0} workspaces of ${row?.usageDay ?? ''}`
  if (isRepeated) return [`${name} was imported before: ${taken}. Nothing was changed.`]
  const kept = row?.companiesIncomplete ?? 0
  const rest = kept === 0 ? '' : `; ${kept} of them were not taken and keep their units`
  return [`${name} is imported: ${taken}${rest}.`, ...places, ...more]
}
