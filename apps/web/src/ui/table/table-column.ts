/** One column of a table. Its cells come from the slot named after its key. */
export interface TableColumn {
  readonly key: string
  readonly label: string
  /** The label is there for screen readers only. */
  readonly hideLabel?: boolean
  /** Classes for its head and its cells: width, alignment. */
  readonly class?: string
}
