import { buildNameFeatures, buildNameFeaturesSlowly } from '../../src/normalise/name-features.ts'
import { NameFeatures, nameFeatureBytes, reserveNameFeatures } from '../../src/records/name-features.ts'
import { SharedMemory } from '../../src/records/shared-memory.ts'
import { reserveTexts, TextDictionary } from '../../src/records/text-dictionary.ts'
import { reserveSlots } from '../../src/records/triple-dictionary.ts'

export interface NamesAndFeatures {
  readonly names: TextDictionary
  readonly features: NameFeatures
}

/** A dictionary of some names with its features, built the fast way or the slow one. */
export function featuresOf(texts: readonly string[], way: 'fast' | 'slow' = 'fast'): NamesAndFeatures {
  const entries = texts.length + 8
  const units = texts.reduce((sum, text) => sum + text.length, 64)
  const memory = SharedMemory.allocate(nameFeatureBytes(entries) + entries * 80 + units * 2 + 1_000_000)
  const pieces = { ...reserveTexts(memory, entries, units), slots: reserveSlots(memory, entries) }
  const names = new TextDictionary(memory.memory, pieces)
  const features = new NameFeatures(memory.memory, reserveNameFeatures(memory, entries, units), names)
  for (const text of texts) names.internText(text)
  const build = way === 'fast' ? buildNameFeatures : buildNameFeaturesSlowly
  build(names, 0, names.size + 1, features)
  return { names, features }
}
