/** The model of a county of a hundred thousand that has taught nothing: its defaults. */
import { type CountyModel, estimateCountyModel } from '../../src/matching/county-model.ts'

const none = { patterns: new Int32Array(0), counts: new Float64Array(0) }

export const UNTAUGHT_MODEL: CountyModel = estimateCountyModel({
  scored: none,
  random: none,
  randomLocal: none,
  rows: [100_000, 100_000, 0, 0, 0],
  idCoverage: [1, 1, 0, 0, 0],
  unmatched: [0.1, 0.1],
})
