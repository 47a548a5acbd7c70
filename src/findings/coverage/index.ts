/** The face of the coverage estimate. */
export {
  ASSUMPTIONS,
  type Coverage,
  type CoverageLine,
  DEFAULT_MINIMUM,
  estimateCoverage,
  missedRate,
} from './coverage.ts'
export { addEstimates, type Estimate, estimatePopulation, type LinkageError, PERFECT_LINKAGE } from './dual-system.ts'
export { poolSmallStrata, POOLED } from './pooling.ts'
export type { StratumCounts } from './strata.ts'
export { compareSweeps, type Met, type TwoSweeps } from './two-sweeps.ts'
export { type ClusterCount, type Share, shareOfClusters } from './cluster-ratio.ts'
export {
  CASE_KINDS,
  type CaseKind,
  CHECK_ITEMS,
  type CheckCase,
  type CheckItem,
  type CheckSample,
  type CheckSampleInput,
  drawBlocks,
  drawOnePerVillage,
  type EnumeratedRow,
  measureCheckSample,
} from './check-sample.ts'
export {
  type Dependence,
  estimateThreeLists,
  type ThreeListEstimate,
  type ThreeListModel,
  type ThreeLists,
} from './three-lists.ts'
export { type VitalLists, vitalLists } from './vital-lists.ts'
