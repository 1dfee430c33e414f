/** A group of devices; `serverId` is 0 for the physical server and `null` where it was not reported. */
export interface GroupFacts {
  readonly id: number
  readonly parentId: number | null
  readonly serverId: number | null
}

/** What is needed of a virtual server to recognise its groups. */
export interface GroupOwner {
  readonly id: number
  /** Its own top groups: managed, unassigned, super. */
  readonly rootGroups: readonly number[]
}

/** Above the deepest tree a person would build, and a bound against a circle. */
const MAX_DEPTH = 1_000

/**
 * Which virtual server each group belongs to: what the group says itself, else what the nearest group above it
 * says, else the virtual server one of whose own top groups is met on the way up, else 0, the physical server.
 * `null` when the way up leads to a group that is not listed.
 */
export function placeGroups(
  groups: readonly GroupFacts[],
  owners: readonly GroupOwner[],
): (groupId: number) => number | null {
  const byId = new Map(groups.map((group) => [group.id, group]))
  const roots = new Map(
    owners.flatMap(({ id, rootGroups }) => rootGroups.map((root) => [root, id])),
  )
  const known = new Map<number, number | null>()

  return (groupId) => {
    const found = known.get(groupId)
    if (found !== undefined) return found
    const place = climb(groupId)
    known.set(groupId, place)
    return place
  }

  function climb(groupId: number): number | null {
    let current: number | null = groupId
    for (let depth = 0; depth < MAX_DEPTH && current !== null; depth += 1) {
      const root = roots.get(current)
      if (root !== undefined) return root
      const group = byId.get(current)
      if (group === undefined) return null
      if (group.serverId !== null) return group.serverId
      if (isTop(group)) return 0
      current = group.parentId
    }
    return null
  }
}

function isTop({ id, parentId }: GroupFacts): boolean {
  return parentId === null || parentId <= 0 || parentId === id
}
