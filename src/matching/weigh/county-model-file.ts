/**
 * The county model as JSON: written whole, read back whole or in part. What a file gives is held, what it leaves out is
 * estimated from the data, so one format serves to reuse a model (all of it) and to pin λ, m or u (some of it).
 *
 * In:  a CountyModel, or the text of a file. Out: the text, or CountyPins; `pinModel` puts them into an estimate.
 * Numbers are written in full: a saved model gives the same weights to the last milli-bit. No file is touched here.
 */
import { z } from 'zod'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../compare/levels.ts'
import { COMPARISONS } from '../comparisons.ts'
import type { ClassModel, CountyModel } from '../county-model.ts'
import { STANDINGS } from '../expected-partners.ts'
import { ADDRESS_LEVEL, KIN_LEVEL, PAIR_CLASSES, PLACE_LEVEL } from '../kernel.ts'
import { ETHNICITY_CODES, type EthnicityModel } from './ethnicity.ts'

const LEVELS: Readonly<Record<(typeof COMPARISONS)[number]['name'], Readonly<Record<string, number>>>> = {
  name: NAME_LEVEL,
  birth: BIRTH_LEVEL,
  id: ID_LEVEL,
  sex: SEX_LEVEL,
  place: PLACE_LEVEL,
  kin: KIN_LEVEL,
  address: ADDRESS_LEVEL,
}

const ETHNICITY_NUMBERS = Array.from({ length: ETHNICITY_CODES - 1 }, (_, k) => String(k + 1))

/** Probabilities by comparison name and level name. */
export type PinnedLevels = Readonly<Record<string, Readonly<Record<string, number>>>>

export interface ClassPins {
  readonly lambda?: number | undefined
  readonly m?: PinnedLevels | undefined
  readonly u?: PinnedLevels | undefined
  /** u of names between two rows of one village, by level name. */
  readonly u_name_local?: Readonly<Record<string, number>> | undefined
  /** m of births where a row has no number, by level name. */
  readonly m_birth_unnumbered?: Readonly<Record<string, number>> | undefined
}

export interface CountyPins {
  readonly version: 1
  /** Shares of rows that expect a police row, or another census row, and have none. */
  readonly unmatched?: { readonly police?: number | undefined; readonly census?: number | undefined } | undefined
  /** How often people of each standing are counted, by one counted in force. */
  readonly counted?: Readonly<Record<string, number>> | undefined
  readonly ethnicity?: EthnicityPins | undefined
  readonly classes?: Readonly<Record<string, ClassPins>> | undefined
}

/** As in EthnicityModel: shares by pair class, chances by GB/T 3304 code. */
export interface EthnicityPins {
  readonly differs?: Readonly<Record<string, number>> | undefined
  readonly among_namesakes?: Readonly<Record<string, number>> | undefined
  readonly namesakes_differ?: number | undefined
}

/** The whole model as a file. */
export function countyModelText(model: CountyModel): string {
  const file: CountyPins = {
    version: 1,
    unmatched: { police: model.unmatched[0], census: model.unmatched[1] },
    counted: Object.fromEntries(STANDINGS.map((standing, k) => [standing, model.counted[k]])),
    ethnicity: {
      differs: Object.fromEntries(PAIR_CLASSES.map((name, k) => [name, model.ethnicity.differs[k]])),
      among_namesakes: Object.fromEntries(
        model.ethnicity.amongNamesakes.flatMap((chance, code) => (chance < 1 ? [[String(code), chance]] : [])),
      ),
      namesakes_differ: model.ethnicity.namesakesDiffer,
    },
    classes: Object.fromEntries(
      model.classes.map((c, k) => [
        PAIR_CLASSES[k],
        {
          lambda: c.lambda,
          m: byLevelName(c.m),
          u: byLevelName(c.u),
          u_name_local: levelNames('name', c.uNameLocal),
          m_birth_unnumbered: levelNames('birth', c.mBirthUnnumbered),
        },
      ]),
    ),
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

function byLevelName(table: readonly (readonly number[])[]): PinnedLevels {
  return Object.fromEntries(COMPARISONS.map(({ name }, c) => [name, levelNames(name, table[c])]))
}

function levelNames(comparison: keyof typeof LEVELS, values: readonly number[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(LEVELS[comparison]).flatMap(([name, level]) =>
      level === 0 || level >= values.length ? [] : [[name, values[level]]],
    ),
  )
}

const probability = z.number().min(0).max(1)
const levels = z.record(z.string(), probability)
const positive = z.number().gt(0).max(1)
const pinsFile = z.strictObject({
  version: z.literal(1),
  unmatched: z.strictObject({ police: positive.optional(), census: positive.optional() }).optional(),
  counted: z.record(z.string(), positive).optional(),
  ethnicity: z
    .strictObject({
      differs: z.record(z.string(), positive).optional(),
      among_namesakes: z.record(z.string(), positive).optional(),
      namesakes_differ: probability.optional(),
    })
    .optional(),
  classes: z
    .record(
      z.string(),
      z.strictObject({
        lambda: z.number().gt(0).lt(1).optional(),
        m: z.record(z.string(), levels).optional(),
        u: z.record(z.string(), levels).optional(),
        u_name_local: levels.optional(),
        m_birth_unnumbered: levels.optional(),
      }),
    )
    .optional(),
})

/** `fileName` stands in the messages only. Class names may be written with a plain hyphen. */
export function readCountyPins(text: string, fileName: string): CountyPins {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BiduiError('E520', EXIT.config, `${fileName}: 不是 JSON · not JSON.`, {
      advice: '用 `bidui model RUN --save FILE` 写出一个 · that command writes one.',
      cause,
    })
  }
  const parsed = pinsFile.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new BiduiError('E521', EXIT.config, `${fileName}: ${issue.path.join('.')}: 值不对 · ${issue.message}.`, {
      advice:
        '要第 1 版的县模型 · a county model of version 1 is wanted: version, unmatched, counted, ethnicity, classes.',
    })
  }
  const { version, unmatched, counted, ethnicity, classes = {} } = parsed.data
  for (const standing of Object.keys(counted ?? {})) wanted(STANDINGS, standing, `${fileName}: counted.`)
  const named: Record<string, ClassPins> = {}
  for (const [key, pins] of Object.entries(classes)) {
    const name = wanted(PAIR_CLASSES, key.replace('-', '–'), `${fileName}: classes.`)
    for (const table of [pins.m, pins.u])
      for (const [comparison, values] of Object.entries(table ?? {})) {
        const known = LEVELS[wanted(Object.keys(LEVELS), comparison, `${fileName}: ${name}.`) as keyof typeof LEVELS]
        for (const level of Object.keys(values))
          wanted(Object.keys(known), level, `${fileName}: ${name}.${comparison}.`)
      }
    for (const level of Object.keys(pins.u_name_local ?? {}))
      wanted(Object.keys(NAME_LEVEL), level, `${fileName}: ${name}.u_name_local.`)
    for (const level of Object.keys(pins.m_birth_unnumbered ?? {}))
      wanted(Object.keys(BIRTH_LEVEL), level, `${fileName}: ${name}.m_birth_unnumbered.`)
    named[name] = pins
  }
  const differs = Object.entries(ethnicity?.differs ?? {}).map(
    ([key, share]) => [wanted(PAIR_CLASSES, key.replace('-', '–'), `${fileName}: ethnicity.differs.`), share] as const,
  )
  for (const code of Object.keys(ethnicity?.among_namesakes ?? {}))
    wanted(ETHNICITY_NUMBERS, code, `${fileName}: ethnicity.among_namesakes.`)
  return {
    version,
    ...(unmatched === undefined ? {} : { unmatched }),
    ...(counted === undefined ? {} : { counted }),
    ...(ethnicity === undefined ? {} : { ethnicity: { ...ethnicity, differs: Object.fromEntries(differs) } }),
    classes: named,
  }
}

function wanted(names: readonly string[], given: string, where: string): string {
  if (names.includes(given)) return given
  const near = nearestWord(given, names)
  throw new BiduiError('E522', EXIT.config, `${where}${given}: 不认识 · is not known.`, {
    advice: near === undefined ? `可写 · known are: ${names.join(', ')}.` : `是否指 · did you mean ${near}?`,
  })
}

/** An estimated model with the pinned values in place; free levels share what is left in their own proportions. */
export function pinModel(model: CountyModel, pins: CountyPins): CountyModel {
  const classes = model.classes.map((c, k): ClassModel => {
    const pin = pins.classes?.[PAIR_CLASSES[k]]
    if (pin === undefined) return c
    const held = (table: readonly (readonly number[])[], pinned: PinnedLevels | undefined, symbol: string) =>
      COMPARISONS.map(({ name }, i) =>
        holdLevels(name, table[i], pinned?.[name], `${PAIR_CLASSES[k]} ${symbol}.${name}`),
      )
    return {
      ...c,
      lambda: pin.lambda ?? c.lambda,
      m: held(c.m, pin.m, 'm'),
      u: held(c.u, pin.u, 'u'),
      uNameLocal: holdLevels('name', c.uNameLocal, pin.u_name_local, `${PAIR_CLASSES[k]} u_name_local`),
      // Who holds the births means all of them.
      mBirthUnnumbered: holdLevels(
        'birth',
        c.mBirthUnnumbered,
        pin.m_birth_unnumbered ?? pin.m?.birth,
        `${PAIR_CLASSES[k]} m_birth_unnumbered`,
      ),
    }
  })
  const [police, census] = model.unmatched
  return {
    ...model,
    classes,
    unmatched: [pins.unmatched?.police ?? police, pins.unmatched?.census ?? census],
    counted: STANDINGS.map((standing, k) => pins.counted?.[standing] ?? model.counted[k]),
    ethnicity: pinEthnicity(model.ethnicity, pins.ethnicity),
  }
}

function pinEthnicity(model: EthnicityModel, pins: EthnicityPins | undefined): EthnicityModel {
  return {
    differs: PAIR_CLASSES.map((name, k) => pins?.differs?.[name] ?? model.differs[k]),
    amongNamesakes: model.amongNamesakes.map((chance, code) => pins?.among_namesakes?.[String(code)] ?? chance),
    namesakesDiffer: pins?.namesakes_differ ?? model.namesakesDiffer,
  }
}

function holdLevels(
  comparison: keyof typeof LEVELS,
  values: readonly number[],
  pins: Readonly<Record<string, number>> | undefined,
  where: string,
): readonly number[] {
  if (pins === undefined) return values
  const pinOf = new Map(Object.entries(pins).map(([name, p]) => [LEVELS[comparison][name], p]))
  let total = 0
  let free = 0
  let pinned = 0
  values.forEach((value, level) => {
    if (level === 0) return
    total += value
    const pin = pinOf.get(level)
    if (pin === undefined) free += value
    else pinned += pin
  })
  if (free > 0 && pinned > Math.max(total, 1) + 1e-9)
    throw new BiduiError(
      'E523',
      EXIT.config,
      `${where}: 固定的概率之和为 ${pinned.toFixed(4)} · the pinned probabilities add up to that.`,
      {
        advice: '一项比较各级之和为 1，请少固定一些 · the levels of a comparison share one whole: pin less.',
      },
    )
  const scale = free > 0 ? Math.max(1e-12, (total - pinned) / free) : 1
  return values.map((value, level) =>
    level === 0 ? value : Math.max(pinOf.get(level) ?? value * scale, value === 0 && !pinOf.has(level) ? 0 : 1e-12),
  )
}
