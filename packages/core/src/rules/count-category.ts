import type { CountingStep } from './tally.ts'

/**
 * Counts the mapping's category, or the whole application when the mapping has none. Devices whose operating
 * system is unknown count as workstations only where the integration says so (product.md, rule 3).
 */
export const countCategory: CountingStep = (tally, mapping, settings) => {
  let lacksEvidence = tally.lacksEvidence
  const readings = tally.readings.map((reading) => {
    const { usage } = reading
    if (usage === null) return reading
    if (mapping.category === null) return { ...reading, counted: usage.quantity }
    if (usage.byCategory === undefined) {
      lacksEvidence = lacksEvidence || usage.quantity > 0
      return reading
    }
    const takesUnknown =
      settings.countUnknownAsWorkstation && mapping.category === 'WINDOWS_WORKSTATION'
    const unknown = takesUnknown ? usage.byCategory.UNKNOWN : 0
    return { ...reading, counted: usage.byCategory[mapping.category] + unknown }
  })
  return { ...tally, readings, lacksEvidence }
}
