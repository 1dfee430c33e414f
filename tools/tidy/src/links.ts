/** A link in a page. */
export interface Link {
  /** As written: `docs/errors.md#drift`. */
  readonly target: string
  readonly line: number
}

/** Links and images of a markdown page that point into the repository; those in code are left out. */
export function linksOf(markdown: string): Link[] {
  return withoutFences(markdown).flatMap((text, index) =>
    [...text.replaceAll(/`[^`]*`/gu, '').matchAll(/\]\(([^)\s]+)\)/gu)]
      .map(([, target = '']) => ({ target, line: index + 1 }))
      .filter(({ target }) => !/^[a-z]+:/iu.test(target)),
  )
}

/** Paths of the repository that a page names in `code`, without patterns and examples (`<name>`, `*`, `…`). */
export function pathsOf(markdown: string): Link[] {
  return withoutFences(markdown).flatMap((text, index) =>
    [...text.matchAll(/`((?:apps|packages|test|tools|docs)\/[\w./-]+)`/gu)].map(
      ([, target = '']) => ({
        target,
        line: index + 1,
      }),
    ),
  )
}

/** The anchors that the headings of a page get. */
export function anchorsOf(markdown: string): Set<string> {
  return new Set(
    withoutFences(markdown).flatMap((line) => {
      const heading = /^#{1,6}\s+(.*)$/u.exec(line)?.[1]
      return heading === undefined ? [] : [slugOf(heading)]
    }),
  )
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-')
}

/** The page's lines, those between code fences empty. */
function withoutFences(markdown: string): string[] {
  let fenced = false
  return markdown.split('\n').map((line) => {
    const isFence = /^\s*(?:```|~~~)/u.test(line)
    if (isFence) fenced = !fenced
    return fenced || isFence ? '' : line
  })
}
