/**
 * What the model learns from beside the scored pairs: a sample of random pairs, how frequent names are, which rows must
 * have a partner. The main thread gathers it while the workers score; random rows of the county are the workers' part.
 */
import type { NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { type ExpectedPartners, expectPartners } from './expected-partners.ts'
import type { Kernel } from './kernel.ts'
import { type RandomPatterns, sampleNeighbours } from './random-pairs.ts'
import { countEthnicities, type EthnicityModel } from './weigh/ethnicity.ts'
import { NameFrequencies } from './weigh/name-frequencies.ts'

export interface CountyStatistics {
  readonly random: RandomPatterns
  readonly frequencies: NameFrequencies
  readonly partners: ExpectedPartners
  readonly ethnicity: EthnicityModel
}

/** All but random rows of the county. */
export function gatherStatistics(
  table: RecordTable,
  names: NameFeatures,
  kernel: Kernel,
): Omit<CountyStatistics, 'random'> & { readonly neighbours: Omit<RandomPatterns, 'random'> } {
  return {
    neighbours: sampleNeighbours(table, kernel),
    frequencies: NameFrequencies.count(table, names),
    partners: expectPartners(table, names),
    ethnicity: countEthnicities(table),
  }
}
