/** Lines of one plan, from small to large; each is a part of the next. */
export const sizes = [1_000, 10_000, 100_000, 1_000_000] as const
/** What the largest size is made of, and what each other size is repeated up to. */
export const millionLines = 1_000_000
export const linesPerAccount = 5
/** Share of lines that change. */
export const changed = 0.1
