/** The face of the coverage estimate. */
export {
  type Coverage,
  DEFAULT_MINIMUM,
  estimateCoverage,
  missedRate,
} from './coverage.ts'
export { addEstimates, estimatePopulation } from './dual-system.ts'
export { poolSmallStrata, POOLED } from './pooling.ts'
export type { StratumCounts } from './strata.ts'
export { type ClusterCount, type Share, shareOfClusters } from './cluster-ratio.ts'
export {
  CHECK_ITEMS,
  type CheckItem,
  type CheckSample,
  drawBlocks,
  drawOnePerVillage,
  type EnumeratedRow,
  measureCheckSample,
} from './check-sample.ts'
export {
  estimateThreeLists,
  type ThreeLists,
} from './three-lists.ts'
export { type VitalLists, vitalLists } from './vital-lists.ts'
