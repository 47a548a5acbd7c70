/**
 * `bidui run --signed-threshold`: the threshold that the lead signed at the desk, or why the run keeps its own.
 *
 * In:  settings. Out: settings with the threshold in them, which manifest.json keeps with who signed it; a line for the
 *      terminal. A threshold below the run's own lets more pairs be links: it is taken only if it was proved for a
 *      false-link rate at least as strict as the one wanted now.
 */
import { loadSignedThreshold } from '../../review/decisions/index.ts'
import { type CompleteSettings, linkThresholds } from '../../settings.ts'

export function takeSignedThreshold(settings: CompleteSettings): {
  readonly settings: CompleteSettings
  readonly said: string
} {
  if (!settings.signedThreshold || settings.decisions === undefined) return { settings, said: '' }
  const own = linkThresholds(settings.maxFalseLinkRate).link
  const sign = loadSignedThreshold(settings.decisions)
  if (sign === undefined)
    return { settings, said: `没有已签字的阈值，按 ${own} · no threshold is signed: links begin at ${own}\n` }
  const { wanted, ...threshold } = sign
  if (threshold.probability < own && wanted > settings.maxFalseLinkRate)
    return {
      settings,
      said: `签字的阈值 ${threshold.probability} 是按错误率 ${wanted} 证明的，不采用，按 ${own} · the signed threshold was proved for ${wanted} only: links begin at ${own}\n`,
    }
  return {
    settings: { ...settings, threshold },
    said: `按签字的阈值 ${threshold.probability} (原为 ${own}) · links begin at the signed threshold ${threshold.probability} (otherwise ${own})\n`,
  }
}
