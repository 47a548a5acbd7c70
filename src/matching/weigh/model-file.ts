/**
 * A model as JSON: written, read back, and pinned by hand.
 *
 * In:  a model, or the text of a model file. Out: the text, or the model with the pins a person added.
 * Numbers are written in full, so that a saved model gives the same weights to the last milli-bit.
 * Leaves reading and writing of files to the command.
 */
import { z } from 'zod'
import { BiduiError, EXIT } from '../../errors.ts'
import type { Model, PinnedValues } from './em.ts'

const MODEL_FILE_VERSION = 1

const probability = z.number().gt(0).max(1)
const pins = z.array(z.array(z.number().min(0).max(1).nullable()).nullable())

const modelFile = z.object({
  version: z.literal(MODEL_FILE_VERSION),
  lambda: z.number().gt(0).lt(1),
  comparisons: z.array(
    z.object({
      name: z.string(),
      levels: z.array(
        z.object({ name: z.string(), isMissing: z.boolean().optional(), m: probability, u: probability }),
      ),
    }),
  ),
  iterations: z.number().int().min(0),
  converged: z.boolean(),
  logLikelihood: z.number().nullable(),
  pinned: z.object({ lambda: z.number().gt(0).lt(1).optional(), m: pins.optional(), u: pins.optional() }).optional(),
})

export interface SavedModel {
  readonly model: Model
  readonly pinned: PinnedValues | undefined
}

/** The model as JSON that people read and edit. */
export function modelText(model: Model, pinned?: PinnedValues): string {
  const file = {
    version: MODEL_FILE_VERSION,
    lambda: model.lambda,
    comparisons: model.comparisons.map((comparison, c) => ({
      name: comparison.name,
      levels: comparison.levels.map((level, l) => ({
        name: level.name,
        ...(level.isMissing === true ? { isMissing: true } : {}),
        m: model.m[c][l],
        u: model.u[c][l],
      })),
    })),
    iterations: model.iterations,
    converged: model.converged,
    logLikelihood: Number.isFinite(model.logLikelihood) ? model.logLikelihood : null,
    ...(pinned === undefined ? {} : { pinned }),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** `fileName` stands in the messages only. */
export function readModelText(text: string, fileName: string): SavedModel {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BiduiError('E520', EXIT.config, `${fileName}: 不是 JSON · not JSON.`, {
      advice: '请重新保存模型 · save the model again.',
      cause,
    })
  }
  const parsed = modelFile.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new BiduiError('E521', EXIT.config, `${fileName}: ${issue.path.join('.')}: 值不对 · ${issue.message}.`, {
      advice: `要第 ${MODEL_FILE_VERSION} 版的模型文件 · a model file of version ${MODEL_FILE_VERSION} is wanted.`,
    })
  }
  const file = parsed.data
  const model: Model = {
    comparisons: file.comparisons.map((c) => ({
      name: c.name,
      levels: c.levels.map((l) => (l.isMissing === true ? { name: l.name, isMissing: true } : { name: l.name })),
    })),
    lambda: file.lambda,
    m: file.comparisons.map((c) => c.levels.map((l) => l.m)),
    u: file.comparisons.map((c) => c.levels.map((l) => l.u)),
    iterations: file.iterations,
    converged: file.converged,
    logLikelihood: file.logLikelihood ?? Number.NEGATIVE_INFINITY,
    verdict: file.converged ? `converged after ${file.iterations} iterations` : 'saved before it converged',
  }
  const free = (rows: z.infer<typeof pins> | undefined) =>
    rows?.map((row) => row?.map((value) => value ?? undefined) ?? undefined)
  const given = file.pinned
  if (given === undefined) return { model, pinned: undefined }
  const m = free(given.m)
  const u = free(given.u)
  return {
    model,
    pinned: {
      ...(given.lambda === undefined ? {} : { lambda: given.lambda }),
      ...(m === undefined ? {} : { m }),
      ...(u === undefined ? {} : { u }),
    },
  }
}
