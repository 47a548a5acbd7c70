/**
 * What the model learns from beside the scored pairs: a sample of random pairs, how frequent names are, which rows must
 * have a partner. Made by the main thread while the workers score.
 */
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { type ExpectedPartners, expectPartners } from './expected-partners.ts'
import type { Kernel } from './kernel.ts'
import { type RandomPatterns, sampleRandomPairs } from './random-pairs.ts'
import { NameFrequencies } from './weigh/name-frequencies.ts'

export interface CountyStatistics {
  readonly random: RandomPatterns
  readonly frequencies: NameFrequencies
  readonly partners: ExpectedPartners
}

export function gatherStatistics(table: RecordTable, names: NameFeatures, kernel: Kernel): CountyStatistics {
  return {
    random: sampleRandomPairs(table, kernel),
    frequencies: NameFrequencies.count(table, names),
    partners: expectPartners(table),
  }
}
