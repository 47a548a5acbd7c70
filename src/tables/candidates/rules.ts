/**
 * Blocking rules proposed from the data: what each would cost and which likely matches it would find.
 *
 * In:  keys, comparisons, a budget of pairs. Out: the rules chosen, with exact cost, estimated coverage and what was split.
 * First a few cheap rules find pairs that plainly belong together; then every key and every two keys are costed, and
 * taken greedily: most matches not yet found twice, per pair to compare (set cover with diminishing returns).
 */
import { areBlocked, type BlockingRule, type BlockOptions, blockRule, type RuleBlocks } from './blocks.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { BlockingKey } from './keys.ts'
import { agreeOn, type CheapPairs, evenly, type LikelyMatch, likelyMatches, shareFound } from './likely-matches.ts'
import { LazyGreedy } from './lazy-greedy.ts'
import { type DrawnPairs, pairsOf } from './random-pairs.ts'
import { reachRows } from './unreached-rows.ts'
import { type RuleCost, type RuleCosting, type RuleOptions, rowSampleOf, rowsPerBlockMaxOf } from './rule-costs.ts'

interface ProposedRule {
  readonly blocks: RuleBlocks
  /** Share of the likely matches that agree on it. */
  readonly coverage: number
}

export interface RuleProposal {
  readonly rules: readonly ProposedRule[]
  /** Likely matches the coverage was measured on. */
  readonly likelyMatches: number
  /** Share of likely matches at least one rule finds; each was found by cheap rules, so this flatters. */
  readonly coverage: number
  readonly pairsMost: number
}

/** Cheap rules whose pairs are looked at for likely matches, taken evenly from the cheapest to the dearest: each costs a comparison of all its pairs. */
const CHEAP_RULES_MOST = 24
/** Rules that are taken, at most: where each is cheap the budget of pairs alone would not end the choice. */
const RULES_MOST = 40
/** What a likely match is worth to the next rule once a rule has found it: a second rule may find how it is misspelt. */
const WORTH_ONCE_FOUND = 0.35
/** Rules much cheaper than an even part of the budget are not dearer for costing a little more. */
const EVEN_PARTS = 60
/** Below 1: a rule twice as dear need not find twice as many. */
const COST_EXPONENT = 0.8
/** Costs are estimated before large blocks are split: how far beyond the budget the pairs of the last rule may go. */
const OVERSPENT_MOST = 1.2
/** Part of what a rule finds that must be left once its large blocks are split. */
const KEPT_LEAST = 0.5
/** A row in too large a block is lost to the rule: as dear as this many pairs. */
const COST_OF_ROW_LEFT_OUT = 4
/** Grouping the rows of a rule costs as much as comparing one pair for so many of them. */
const ROWS_LOOKED_AT_PER_PAIR = 50
/** Share of the likely matches that must agree on a key to split blocks by it. */
const SHARE_TO_SPLIT_BY = 0.2
/** Keys by which one block after the other is split, at most; those on which most likely matches agree come first. */
const SPLIT_KEYS_MOST = 4
/** Up to so many pairs no rule is needed to spare any: all are compared. */
const PAIRS_COMPARED_WHOLE = 1_000_000

export function pairsPerRowFor(rowCount: number): number {
  // Small tables can afford to look almost everywhere; a million rows must choose.
  return Math.round(Math.min(Math.max(2e6 / rowCount + 1.2e7 / rowCount, 40), 400))
}

/** Rules with their costs, and the cheapest of them: pairs of their blocks, once compared, tell where matches are. */
export interface RuleSearch {
  readonly keys: readonly BlockingKey[]
  readonly costed: readonly { readonly rule: BlockingRule; readonly cost: RuleCost }[]
  readonly cheap: readonly RuleToBlock[]
  /** One block in so many of the cheap rules is made. */
  readonly rowSample: number
}

/** A rule whose blocks are asked for: blockRule makes them, in any thread. */
export interface RuleToBlock {
  readonly rule: BlockingRule
  readonly options: BlockOptions
}

/** The same, and what is likely to be asked for next: other threads may make those meanwhile. */
interface WantedBlocks extends RuleToBlock {
  /** @param most how many rules, at most */
  readonly likelyNext: (most: number) => readonly BlockingRule[]
}

/** A choice that asks for the blocks of one rule after the other. */
export type RuleChoice<Chosen> = Generator<WantedBlocks, Chosen, RuleBlocks>

/** @param costing with every rule costed */
export function searchRules(
  keys: readonly BlockingKey[],
  { rules, costs }: RuleCosting,
  { rowCount, leftCount, pairsPerRow }: RuleOptions,
): RuleSearch {
  const costed = Array.from({ length: rules.length / 2 }, (_, r) => {
    const [first, second] = [keys[rules[2 * r]], rules[2 * r + 1] < 0 ? undefined : keys[rules[2 * r + 1]]]
    // Called by their keys in the order of the columns.
    const inOrder = rules[2 * r + 1] >= 0 && rules[2 * r + 1] < rules[2 * r] ? [second, first] : [first, second]
    return {
      rule: {
        name: inOrder.flatMap((key) => key?.name ?? []).join(' + '),
        keys: second === undefined ? [first] : [first, second],
      },
      cost: { pairs: costs[2 * r], rowsLeftOut: costs[2 * r + 1] },
    }
  }).filter(({ cost }) => cost.pairs > 0)

  // Pairs that plainly belong together, by cheap rules of every kind.
  const cheap = costed
    .filter(({ cost }) => cost.pairs <= 3 * rowCount)
    .sort((a, b) => a.cost.pairs - b.cost.pairs || (a.rule.name < b.rule.name ? -1 : 1))
  // Of a large table one block in so many teaches enough; all pairs are then as many times fewer.
  const rowSample = rowSampleOf(rowCount)
  const measure = { rowCount, leftCount, rowsPerBlockMax: rowsPerBlockMaxOf(pairsPerRow), splitKeys: [] }
  const options = { ...measure, sample: rowSample }
  return { keys, costed, cheap: evenly(cheap, CHEAP_RULES_MOST).map(({ rule }) => ({ rule, options })), rowSample }
}

export function* chooseRules(
  search: RuleSearch,
  cheap: CheapPairs,
  comparisons: readonly Comparison[],
  options: RuleOptions,
  drawn: DrawnPairs | undefined,
): RuleChoice<RuleProposal> {
  const { rowCount, leftCount, pairsPerRow } = options
  const likely = likelyMatches(search.rowSample, cheap, comparisons, options, drawn)
  const { chosen, timesFound } = yield* takeGreedily(search, likely, options)
  // So few rows can be compared each with each: what the rules do not find is found too.
  if (pairsOf(rowCount, leftCount) <= PAIRS_COMPARED_WHOLE) {
    chosen.push({ blocks: everyPair(rowCount, leftCount), coverage: 1 })
    timesFound.fill(1)
  }
  const covered = timesFound.reduce((sum, times) => sum + (times > 0 ? 1 : 0), 0)
  return {
    rules: chosen,
    likelyMatches: likely.length,
    coverage: likely.length === 0 ? 0 : covered / likely.length,
    pairsMost: pairsPerRow * rowCount,
  }
}

/** A rule that could be taken, and which of the likely matches agree on it. */
interface OfferedRule {
  readonly rule: BlockingRule
  /** Pairs, and what it leaves out counted against it. */
  readonly cost: number
  /** 1 per likely match that the rule finds. */
  readonly hits: Uint8Array
}

interface TakenRules {
  readonly chosen: ProposedRule[]
  /** Per likely match, how many of the rules taken find it. */
  readonly timesFound: Float64Array
}

/** Rules as long as there is budget, the best for its cost first; then those that reach rows which none of them reaches. */
function* takeGreedily(
  { keys, costed }: RuleSearch,
  likely: readonly LikelyMatch[],
  { rowCount, leftCount, pairsPerRow }: RuleOptions,
): RuleChoice<TakenRules> {
  const options: BlockOptions = {
    rowCount,
    leftCount,
    rowsPerBlockMax: rowsPerBlockMaxOf(pairsPerRow),
    splitKeys: splitKeysOf(keys, likely),
  }
  const offers = offersOf(keys, costed, likely, rowCount)
  const taking = new GreedyTaking(offers, likely, pairsPerRow * rowCount)
  for (let next = taking.next(); next >= 0; next = taking.next()) {
    const tried = next
    const blocks = yield { rule: offers[tried].rule, options, likelyNext: (most) => taking.likelyAfter(tried, most) }
    taking.takeIfWorthIt(tried, blocks)
  }
  taking.reachTheRest(options)
  return taking
}

/** Rules taken one after the other; a match that was found is worth less from then on. */
class GreedyTaking implements TakenRules {
  readonly chosen: ProposedRule[] = []
  readonly timesFound: Float64Array
  /** Per likely match, what it is worth to the next rule. */
  private readonly worth: Float64Array
  /** 1 per offer that has not been tried. */
  private readonly isOpen: Uint8Array
  private readonly greedy: LazyGreedy
  /** Pairs of the rules taken. */
  private spent = 0
  private readonly offers: readonly OfferedRule[]
  private readonly likely: readonly LikelyMatch[]
  private readonly pairsMost: number

  constructor(offers: readonly OfferedRule[], likely: readonly LikelyMatch[], pairsMost: number) {
    this.offers = offers
    this.likely = likely
    this.pairsMost = pairsMost
    this.timesFound = new Float64Array(likely.length)
    this.worth = Float64Array.from(likely, (pair) => pair.importance)
    this.isOpen = new Uint8Array(offers.length).fill(1)
    this.greedy = new LazyGreedy(offers.length, (r) => {
      const { cost, hits } = offers[r]
      const gain = likely.length === 0 ? 1 : 1e-6 + gainOf(hits, this.worth)
      return gain / Math.max(cost, pairsMost / EVEN_PARTS) ** COST_EXPONENT
    })
  }

  /** The offer to be tried now, not to be tried again; −1 where there is none. */
  next(): number {
    const best = this.chosen.length < RULES_MOST ? this.greedy.best(this.affordable(this.spent)) : -1
    if (best >= 0) this.isOpen[best] = 0
    return best
  }

  /** What is taken after an offer and those after it, as long as each is taken for what it seems to be. */
  likelyAfter(taken: number, most: number): BlockingRule[] {
    const { greedy, isOpen, offers, worth } = this
    const [worthNow, openNow] = [worth.slice(), isOpen.slice()]
    const next: BlockingRule[] = []
    let spending = this.spent
    for (let r = taken; next.length < Math.min(most, RULES_MOST - this.chosen.length - 1); next.push(offers[r].rule)) {
      this.lessen(offers[r].hits)
      spending += offers[r].cost
      r = greedy.supposedBest(this.affordable(spending))
      if (r < 0) break
      isOpen[r] = 0
    }
    worth.set(worthNow)
    isOpen.set(openNow)
    return next
  }

  /** @param blocks of the offer, whose large ones may have been split: neither cost nor finds need be what was offered */
  takeIfWorthIt(offer: number, blocks: RuleBlocks): void {
    const { likely, pairsMost, spent, worth } = this
    const { hits } = this.offers[offer]
    if (blocks.pairs === 0 || spent + blocks.pairs > pairsMost * OVERSPENT_MOST) return
    const kept = stillFound(blocks, hits, likely)
    if (kept !== hits && gainOf(kept, worth) < KEPT_LEAST * gainOf(hits, worth)) return
    this.take(blocks, kept)
    this.lessen(kept)
  }

  /** Rows that no rule taken reaches: by single keys that were not tried, within the budget. */
  reachTheRest(options: BlockOptions): void {
    const { likely, pairsMost } = this
    const single = this.offers.filter(({ rule }, r) => this.isOpen[r] === 1 && rule.keys.length === 1)
    let spent = this.spent
    const more = reachRows(
      this.chosen.map(({ blocks }) => blocks),
      single.map(({ cost, rule }) => ({ cost, slots: rule.keys[0].slots })),
      options.rowCount,
      (r) => {
        const blocks = blockRule(single[r].rule, options)
        if (blocks.pairs === 0 || spent + blocks.pairs > pairsMost) return undefined
        spent += blocks.pairs
        return blocks
      },
    )
    for (const blocks of more)
      this.take(
        blocks,
        Uint8Array.from(likely, ({ left, right }) => (areBlocked(blocks, left, right) ? 1 : 0)),
      )
  }

  private take(blocks: RuleBlocks, finds: Uint8Array): void {
    this.spent += blocks.pairs
    for (let i = 0; i < finds.length; i++) this.timesFound[i] += finds[i]
    const found = finds.reduce((sum, hit) => sum + hit, 0)
    this.chosen.push({ blocks, coverage: found / Math.max(this.likely.length, 1) })
  }

  private lessen(hits: Uint8Array): void {
    const { worth } = this
    for (let i = 0; i < hits.length; i++) if (hits[i] !== 0) worth[i] *= WORTH_ONCE_FOUND
  }

  private affordable(spending: number): readonly number[] {
    const { isOpen, offers, pairsMost } = this
    return [...offers.keys()].filter((r) => isOpen[r] === 1 && offers[r].cost <= pairsMost - spending)
  }
}

function offersOf(
  keys: readonly BlockingKey[],
  costed: RuleSearch['costed'],
  likely: readonly LikelyMatch[],
  rowCount: number,
): OfferedRule[] {
  const agreed = new Map(
    keys.map((key) => [key, Uint8Array.from(likely, (pair) => (agreeOn(key, pair.left, pair.right) ? 1 : 0))]),
  )
  return costed.map(({ rule, cost }) => ({
    rule,
    cost: cost.pairs + cost.rowsLeftOut * COST_OF_ROW_LEFT_OUT + rowCount / ROWS_LOOKED_AT_PER_PAIR,
    hits: rule.keys.map((key) => agreed.get(key) as Uint8Array).reduce(bothAgreed),
  }))
}

/** Whole values on which many likely matches agree: blocks too large are split by them. */
function splitKeysOf(keys: readonly BlockingKey[], likely: readonly LikelyMatch[]): BlockingKey[] {
  return keys
    .filter((key) => key.isWhole)
    .map((key) => ({ key, share: shareFound(key, likely) }))
    .filter(({ share }) => share > SHARE_TO_SPLIT_BY || likely.length === 0)
    .sort((a, b) => b.share - a.share || (a.key.name < b.key.name ? -1 : 1))
    .slice(0, SPLIT_KEYS_MOST)
    .map(({ key }) => key)
}

/** Splitting large blocks loses matches: what counts is what the blocks then find. The same array where nothing was split. */
function stillFound(blocks: RuleBlocks, hits: Uint8Array, likely: readonly LikelyMatch[]): Uint8Array {
  if (blocks.blocksSplit + blocks.rowsLeftOut === 0) return hits
  return hits.map((hit, i) => hit & (areBlocked(blocks, likely[i].left, likely[i].right) ? 1 : 0))
}

function everyPair(rowCount: number, leftCount: number): RuleBlocks {
  const key = { name: 'every pair', fields: [], slots: [new Int32Array(rowCount)], isWhole: false }
  const rule = { name: key.name, keys: [key] }
  return blockRule(rule, { rowCount, leftCount, rowsPerBlockMax: rowCount, splitKeys: [] })
}

/** A plain loop: eight hundred rules by ten thousand matches. */
function bothAgreed(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length)
  for (let i = 0; i < both.length; i++) both[i] = one[i] & other[i]
  return both
}

/** Multiplied, not asked for: whether a rule finds a match no processor foresees. */
function gainOf(hits: Uint8Array, worth: Float64Array): number {
  let gain = 0
  for (let i = 0; i < hits.length; i++) gain += hits[i] * worth[i]
  return gain
}
