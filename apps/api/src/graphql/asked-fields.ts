import {
  Kind,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql'

/** Paths deeper than this are not looked at: what lies there is loaded in batches. */
const DEEPEST = 6

/**
 * What is asked of the field being resolved, as paths such as `nodes.mapping.account`; `edges.node` counts as
 * `nodes`. A field behind `@skip` or `@include` counts as asked for.
 */
export function listAskedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const asked = new Set<string>()
  for (const { selectionSet } of info.fieldNodes)
    collect(selectionSet, { path: '', depth: 0, asked, fragments: info.fragments })
  return asked
}

interface Place {
  readonly path: string
  readonly depth: number
  readonly asked: Set<string>
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

function collect(selectionSet: SelectionSetNode | undefined, place: Place): void {
  if (selectionSet === undefined || place.depth > DEEPEST) return
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      const path = toPath(place.path, selection.name.value)
      place.asked.add(path)
      collect(selection.selectionSet, { ...place, path, depth: place.depth + 1 })
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(selection.selectionSet, place)
    } else {
      collect(place.fragments[selection.name.value]?.selectionSet, place)
    }
  }
}

function toPath(parent: string, name: string): string {
  if (parent === '') return name === 'edges' ? 'nodes' : name
  if (parent === 'nodes' && name === 'node') return 'nodes'
  return `${parent}.${name}`
}
