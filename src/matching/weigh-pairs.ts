/**
 * Weights of all kept pairs: by the workers, a slice at a time, while nothing else is to be done.
 *
 * In: the pairs as blocking left them, the model. Out: one weight a pair in the order of the pairs, of the pattern as it
 * was scored; numbers that prove nothing are taken out later, where linking knows them.
 */
import type { WeighMessage } from '../workers/jobs/weigh.ts'
import type { WorkerPool } from '../workers/pool.ts'
import type { CountyModel } from './county-model.ts'
import type { Matched } from './match-county.ts'
import type { NameFrequencies } from './weigh/name-frequencies.ts'

/** @param expects EXPECTS bits and standing of each row, in shared memory */
export async function weighPairs(
  matched: Matched,
  model: CountyModel,
  frequencies: NameFrequencies,
  expects: Uint8Array,
  pool: WorkerPool,
): Promise<Int32Array> {
  const weights = new Int32Array(new SharedArrayBuffer(matched.pairCount * 4))
  const claim = new Int32Array(new SharedArrayBuffer(4))
  const { workspace, pairCount } = matched
  const message = { workspace, pairCount, model, frequencies: frequencies.handle, expects, weights, claim }
  await pool.runOnAll<WeighMessage, void>('weigh', message)
  return weights
}
