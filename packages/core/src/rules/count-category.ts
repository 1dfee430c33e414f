import type { CountingStep } from './tally.ts'

/**
 * Counts the mapping's category, or the whole application when the mapping has none. Devices whose operating
 * system is unknown count as workstations only where the integration says so (product.md, rule 3).
 */
export const countCategory: CountingStep = (tally, mapping, settings) => {
  const { category } = mapping
  for (const reading of tally.readings) {
    const { usage } = reading
    if (usage === null) continue
    if (category === null) {
      reading.counted = usage.quantity
    } else if (usage.byCategory === undefined) {
      tally.lacksEvidence ||= usage.quantity > 0
    } else {
      const takesUnknown = settings.countUnknownAsWorkstation && category === 'WINDOWS_WORKSTATION'
      reading.counted = usage.byCategory[category] + (takesUnknown ? usage.byCategory.UNKNOWN : 0)
    }
  }
}
