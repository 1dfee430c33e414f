import { objectOf } from './connection.ts'
import type { OfficeState } from './office.ts'

type Args = Record<string, unknown>

/** What the pretend Autotask was asked and has answered. */
export interface FirstWriteState {
  isDue: boolean
  attempt: Record<string, unknown> | null
  answer: string | null
}

/** The first write: proposed on two lines, made at once. */
export function firstWriteAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  return {
    firstWrite: () => ({
      isDue: state.firstWrite.isDue,
      attempt: state.firstWrite.attempt,
      questions: [
        {
          question: 'May a line be changed twice with the same date?',
          answer: state.firstWrite.answer,
        },
      ],
    }),
    proposeFirstWrite: () => ({
      lines: [
        {
          lineId: '71',
          serviceName: 'Endpoint Security',
          effectiveDay: '2027-11-01',
          units: 12,
          obstacle: null,
        },
        {
          lineId: '72',
          serviceName: 'Backup',
          effectiveDay: null,
          units: null,
          obstacle: 'NO_OPEN_PERIOD_AHEAD',
        },
      ],
      problems: [],
    }),
    beginFirstWrite: (args) => {
      state.calls.push({ name: 'beginFirstWrite', args })
      const input = objectOf(args['input'])
      state.firstWrite = {
        isDue: false,
        answer: 'Yes: the second change is added to the first.',
        attempt: {
          __typename: 'FirstWriteAttempt',
          id: 'first-write-1',
          contractName: 'Managed Security',
          serviceName: 'Endpoint Security',
          effectiveDay: input['effectiveDay'],
          unitsBefore: input['units'],
          progress: 'ENDED',
          startedAt: '2026-08-17T10:00:00.000Z',
          startedBy: 'admin',
          endedAt: '2026-08-17T10:00:04.000Z',
          result: 'RESTORED',
          reason: null,
          units: input['units'],
        },
      }
      return { attempt: state.firstWrite.attempt, problems: [] }
    },
  }
}
