/**
 * Somebody asks for what is not there or cannot be. The text says what there is instead. Not a `Refusal`: those are
 * Autotask's own words.
 */
export class WrongInput extends RangeError {
  override readonly name = 'WrongInput'
}

/** The most names that an error lists. */
const MOST_NAMES = 100

/** `no virtual server "x"; there are: "a", "b"`: the error for a name that nobody has. */
export function notFound(what: string, wanted: string, known: readonly string[]): WrongInput {
  const listed = known.slice(0, MOST_NAMES).map((name) => `"${name}"`)
  const more = known.length - listed.length
  const rest = more > 0 ? ` and ${more} more` : ''
  const there = known.length === 0 ? 'there are none' : `there are: ${listed.join(', ')}${rest}`
  return new WrongInput(`no ${what} "${wanted}"; ${there}`)
}
