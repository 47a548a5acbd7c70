/**
 * The control sample (随机对照): which pairs are looked at only to know how often linking is wrong.
 *
 * Three strata. `waiting`: pairs that wait for people anyway; one task in twenty is control (tasks.ts). `accepted`: links
 * the engine made by itself, layer by layer. `rejected`: the heaviest candidate of each row it left alone;
 * rows that share no blocking key with anybody have none, and are nobody's question here (docs/check-sample.md).
 * In:  how large a stratum is and how much waits, the hashes of a pair's records. Out: the chance, and whether chance
 *      took the pair: by its records only, so that the same pair is in or out in every run with the same chance.
 * Pure. What the verdicts say: control-estimate.ts. Who draws: src/commands/run/draw-control.ts.
 */
import { mix } from '../../records/mix.ts'

const STRATA = ['waiting', 'accepted', 'rejected'] as const
type Stratum = (typeof STRATA)[number]

/** A kind of pairs that one share is estimated for; the layer is '' but for accepted links. */
export interface ControlKind {
  readonly stratum: Stratum
  readonly layer: string
}

/** Layers whose links the engine answers for; a decision and the police system's own numbers are not its doing. */
export const CHECKED_LAYERS = ['exact', 'statistical', 'household', 'leftover'] as const

/** That many verdicts without an error bound the share of errors at 2 % with 95 % confidence. */
const CONTROL_LEAST = 149
/** Never more than this share of a kind: a village is not asked about every second link. Rejections are few. */
const SHARE_MAX: Readonly<Record<'accepted' | 'rejected', number>> = { accepted: 0.05, rejected: 0.25 }
/** All kinds the engine decides together are looked at as often as 5 % of what waits. */
const SHARE_OF_WAITING = 0.05
const KINDS = CHECKED_LAYERS.length + 1

/** The chance with which a pair of a kind is drawn. */
export function controlChance(stratum: 'accepted' | 'rejected', pairsOfKind: number, pairsWaiting: number): number {
  if (pairsOfKind === 0) return 0
  const wanted = Math.max(CONTROL_LEAST, (SHARE_OF_WAITING * pairsWaiting) / KINDS)
  return Math.min(SHARE_MAX[stratum], wanted / pairsOfKind)
}

/** @param left hash of the record id of one row, as `recordHash` of the table holds it; the order does not matter */
export function isDrawn(left: number, right: number, chance: number): boolean {
  const h = mix(
    Math.imul(mix(left), 0x9e3779b1) + Math.imul(mix(right), 0x9e3779b1) + Math.imul(left ^ right, 0xc2b2ae35),
  )
  return (h >>> 0) / 0x1_0000_0000 < chance
}

/** As an event of the desk names it: `accepted:exact`. */
export function kindText({ stratum, layer }: ControlKind): string {
  return layer === '' ? stratum : `${stratum}:${layer}`
}

export function kindOf(text: string): ControlKind | undefined {
  const [name, layer = ''] = text.split(':')
  const stratum = STRATA.find((one) => one === name)
  return stratum === undefined ? undefined : { stratum, layer }
}
