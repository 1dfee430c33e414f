import { ArgsType, Field, Int } from 'type-graphql'
import type { PageRequest } from './page.ts'

/** Where a page begins. */
@ArgsType()
class AfterArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The `endCursor` of the page before; left out for the first page.',
  })
  after?: string | null
}

const FIRST = 'Most rows of the page, 0 to 500.'

/** `first` and `after` of lists that are shown by the page. */
@ArgsType()
export class PageArgs extends AfterArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: FIRST })
  first?: number | null
}

/** The same for long rows, of which few are shown at a time. */
@ArgsType()
export class ShortPageArgs extends AfterArgs {
  @Field(() => Int, { nullable: true, defaultValue: 20, description: FIRST })
  first?: number | null
}

/** Rows of a page when somebody sends `first: null`. */
const DEFAULT_PAGE_SIZE = 50

/** The arguments as `readPage` takes them. */
export function toPageRequest(args: PageArgs | ShortPageArgs): PageRequest {
  return { first: args.first ?? DEFAULT_PAGE_SIZE, after: args.after ?? null }
}
