/** One arrow between two packages: solid for a dependency, dotted for one that only tests and tools use. */
export interface Arrow {
  readonly from: string
  readonly to: string
  readonly kind: 'dependency' | 'devDependency'
}

/**
 * The arrows of the first mermaid drawing in a page. `a --> b` is a dependency, `a -.-> b` a devDependency; labels on
 * arrows (`a -->|words| b`) are read over.
 */
export function parseDrawing(markdown: string): Arrow[] {
  const drawing = /```mermaid\n(.*?)```/su.exec(markdown)?.[1] ?? ''
  return [...drawing.matchAll(/^\s*([\w-]+)\s+(-->|-\.->)\s*(?:\|[^|]*\|)?\s*([\w-]+)\s*$/gmu)].map(
    ([, from = '', arrow, to = '']) => ({
      from,
      to,
      kind: arrow === '-->' ? 'dependency' : 'devDependency',
    }),
  )
}

/** An arrow as a person writes it, also good for comparing. */
export function drawArrow({ from, to, kind }: Arrow): string {
  return `${from} ${kind === 'dependency' ? '-->' : '-.->'} ${to}`
}
