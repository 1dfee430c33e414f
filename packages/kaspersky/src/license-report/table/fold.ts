/**
 * A name as it is compared and kept: Unicode normalised, outer blanks gone, inner blanks single. Two spellings that
 * differ in anything else are two names; nobody guesses.
 */
export function cleanName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\u200B\uFEFF]+/gu, ' ')
    .trim()
}

/** Letters that Unicode does not take apart. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ı: 'i',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
}

/**
 * A word or title as it is looked up: without case, accents, punctuation and doubled blanks, so that `Größe`,
 * `GROSSE ` and `grösse:` find the same entry.
 */
export function fold(text: string): string {
  const known = folded.get(text)
  if (known !== undefined) return known
  if (folded.size >= MAX_REMEMBERED) folded.clear()
  const word = text
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßłıøæœ]/gu, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
  folded.set(text, word)
  return word
}

/** The few words of a report stand in every one of its rows. */
const folded = new Map<string, string>()
const MAX_REMEMBERED = 5_000
