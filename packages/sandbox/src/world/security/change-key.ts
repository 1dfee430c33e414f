import type { Day } from '../../calendar.ts'
import { notFound, WrongInput } from '../../wrong-input.ts'
import type { LicenceKey, SecurityState, Subscription } from './security-state.ts'

/** What can happen to a key. */
export interface KeyChange {
  serial: string
  /** The last day of validity (it ends at 22:00 UTC); null: no end. */
  limitDay?: Day | null | undefined
  /** Subscriptions only: 0 active, 1 paused, 2 soft-cancelled, 3 hard-cancelled. */
  subscriptionState?: Subscription['state'] | undefined
}

/** Prolongs, shortens, pauses or cancels a key; the devices' own ends move with it. Throws a WrongInput. */
export function changeKey(state: SecurityState, change: KeyChange): LicenceKey {
  const key = state.keys.find((one) => one.serial === change.serial)
  if (!key) {
    const serials = state.keys.map((one) => one.serial)
    throw notFound('key', change.serial, serials)
  }
  if (change.subscriptionState !== undefined && !key.subscription)
    throw new WrongInput(`"${change.serial}" is no subscription`)
  const limitDate =
    change.limitDay === undefined
      ? key.limitDate
      : change.limitDay && `${change.limitDay}T22:00:00Z`
  const changed: LicenceKey = {
    ...key,
    limitDate,
    subscription: key.subscription && {
      ...key.subscription,
      state: change.subscriptionState ?? key.subscription.state,
      endDate: limitDate,
      endDateType:
        limitDate === null
          ? 1
          : key.subscription.endDateType === 1
            ? 2
            : key.subscription.endDateType,
    },
  }
  state.keys = state.keys.map((one) => (one === key ? changed : one))
  if (limitDate !== key.limitDate)
    state.keyUses = state.keyUses.map((use) =>
      use.serial === key.serial && use.expiresAt === key.limitDate
        ? { ...use, expiresAt: limitDate }
        : use,
    )
  state.revision += 1
  return changed
}
