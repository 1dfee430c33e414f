/**
 * Folds upper and lower case for every script, so that `ÄRZTE`, `Ärzte` and `ärzte` are one, as are `STRASSE` and
 * `straße`. Done here and stored, because SQLite's own `lower` and `like` know ASCII only.
 */
export function foldCase(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC')
}

const MARKS = /\p{M}+/gu

/** What is stored beside a name to order by it: case and accents do not count, so `Ärzte` stands among the A. */
export function toSortText(name: string): string {
  return foldCase(name.normalize('NFKD').replaceAll(MARKS, '')).trim()
}

/** All three columns of a name. */
export function toNameColumns(name: string): {
  name: string
  nameSearch: string
  nameSort: string
} {
  return { name, nameSearch: foldCase(name), nameSort: toSortText(name) }
}
