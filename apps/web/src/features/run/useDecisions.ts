import { computed, type ComputedRef, ref, type Ref } from 'vue'
import { useAction } from '../../composables/useAction.ts'
import { useNotice } from '../../composables/useNotice.ts'
import { formatCount } from '../../format/count.ts'
import {
  ApproveAdjustmentsDocument,
  DecideHoldDocument,
  DismissAdjustmentsDocument,
  HoldAdjustmentsDocument,
  type HoldExit,
} from '../../gql/graphql.ts'
import type { Failure } from '../problem/failure.ts'
import type { ShownProblem } from '../problem/problem.ts'

/** What a person decides about the lines of one run. */
export interface Decisions {
  readonly selected: Ref<ReadonlySet<string>>
  readonly busy: ComputedRef<boolean>
  readonly problems: ComputedRef<readonly ShownProblem[]>
  readonly failure: ComputedRef<Failure | null>
  toggle(id: string, isSelected: boolean): void
  select(ids: ReadonlySet<string>): void
  approve(): Promise<void>
  hold(): Promise<void>
  dismiss(): Promise<void>
  leaveHold(adjustmentId: string, exit: HoldExit): Promise<void>
}

/** `changed` is called after every decision that was carried out. */
export function useDecisions(changed: () => void): Decisions {
  const notice = useNotice()
  const selected = ref<ReadonlySet<string>>(new Set())
  const approving = useAction(
    ApproveAdjustmentsDocument,
    (data) => data.approveAdjustments.problems,
  )
  const holding = useAction(HoldAdjustmentsDocument, (data) => data.holdAdjustments.problems)
  const dismissing = useAction(
    DismissAdjustmentsDocument,
    (data) => data.dismissAdjustments.problems,
  )
  const deciding = useAction(DecideHoldDocument, (data) => data.decideHold.problems)
  const actions = [approving, holding, dismissing, deciding]

  async function carryOut(
    action: (typeof actions)[number] & { run(v: { ids: string[] }): Promise<unknown> },
    done: string,
  ): Promise<void> {
    const ids = [...selected.value]
    for (const other of actions) other.forget()
    if ((await action.run({ ids })) === null) return
    selected.value = new Set()
    notice.done(`${formatCount(ids.length, 'adjustment')} ${done}`)
    changed()
  }

  return {
    selected,
    busy: computed(() => actions.some(({ busy }) => busy.value)),
    problems: computed(() => actions.flatMap(({ problems }) => problems.value)),
    failure: computed(
      () => actions.find(({ failure }) => failure.value !== null)?.failure.value ?? null,
    ),
    toggle: (id, isSelected) => {
      const next = new Set(selected.value)
      if (isSelected) next.add(id)
      else next.delete(id)
      selected.value = next
    },
    select: (ids) => {
      selected.value = ids
    },
    approve: () => carryOut(approving, 'approved'),
    hold: () => carryOut(holding, 'put on hold'),
    dismiss: () => carryOut(dismissing, 'dismissed'),
    leaveHold: async (adjustmentId, exit) => {
      for (const other of actions) other.forget()
      if ((await deciding.run({ adjustmentId, exit })) === null) return
      notice.done('The hold is decided')
      changed()
    },
  }
}
