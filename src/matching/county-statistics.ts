/**
 * What the model learns from beside the scored pairs: a sample of random pairs, how frequent names are, which rows must
 * have a partner. The main thread gathers it while the workers score; the random pairs are the workers' part.
 */
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { type ExpectedPartners, expectPartners } from './expected-partners.ts'
import type { RandomPatterns } from './random-pairs.ts'
import { NameFrequencies } from './weigh/name-frequencies.ts'

export interface CountyStatistics {
  readonly random: RandomPatterns
  readonly frequencies: NameFrequencies
  readonly partners: ExpectedPartners
}

/** All but the random pairs. */
export function gatherStatistics(table: RecordTable, names: NameFeatures): Omit<CountyStatistics, 'random'> {
  return {
    frequencies: NameFrequencies.count(table, names),
    partners: expectPartners(table),
  }
}
