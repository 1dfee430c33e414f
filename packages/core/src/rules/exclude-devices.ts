import type { DeviceUse } from '../usage.ts'
import type { CountingStep } from './tally.ts'

/**
 * Takes devices off that are never billed (product.md, rule 4). A source that does not name its devices cannot
 * tell whether an excluded one is among them, so the mapping then has no number at all.
 */
export const excludeDevices: CountingStep = (tally, mapping, settings) => {
  if (mapping.counting.excludedDevices.length === 0) return
  const excludedDevices = new Set(mapping.counting.excludedDevices)
  const isCounted = (device: DeviceUse): boolean =>
    mapping.category === null ||
    device.category === mapping.category ||
    (device.category === 'UNKNOWN' &&
      settings.countUnknownAsWorkstation &&
      mapping.category === 'WINDOWS_WORKSTATION')

  for (const reading of tally.readings) {
    if (reading.usage === null || reading.counted === 0) continue
    if (reading.usage.devices === undefined) {
      tally.lacksEvidence = true
      continue
    }
    reading.excluded = reading.usage.devices.filter(
      (device) => excludedDevices.has(device.device) && isCounted(device),
    ).length
  }
}
