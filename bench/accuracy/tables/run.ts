/**
 * Accuracy of `link` and `dedupe` on made-up tables: npx tsx bench/accuracy/tables/run.ts [seeds] [shape or family …]
 * Seeds are a list with commas. Prints per shape precision, recall, F1, B³, the share of true pairs blocking kept (PC),
 * expected against true errors of the links (calibration), and seconds; then the mean F1 of each shape.
 * AUTO=1 takes the columns that propose-spec guesses instead of those the shape knows.
 * BARE=1 besides takes the headers away: columns are called c1, c2 … and their meaning must show in their cells.
 * ERRORS=n prints the n worst false and missed pairs with their levels; JSON=file keeps the figures.
 */
import { writeFileSync } from 'node:fs'
import { runTables } from '../../../src/tables/engine.ts'
import { proposalLines, proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'
import { withoutUnsharedColumns } from '../../../src/tables/spec/unshared-columns.ts'
import { calibrationOf, completenessOf, errorLines } from './errors.ts'
import {
  ALL,
  ALONE,
  EDGES,
  FIFTH_FAMILY,
  FIRST_FAMILY,
  FOURTH_FAMILY,
  SECOND_FAMILY,
  SEVENTH_FAMILY,
  SIXTH_FAMILY,
  THIRD_FAMILY,
} from './shapes.ts'

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  first: Object.keys(FIRST_FAMILY),
  second: Object.keys(SECOND_FAMILY),
  third: Object.keys(THIRD_FAMILY),
  fourth: Object.keys(FOURTH_FAMILY),
  fifth: Object.keys(FIFTH_FAMILY),
  sixth: Object.keys(SIXTH_FAMILY),
  seventh: Object.keys(SEVENTH_FAMILY),
  edges: Object.keys(EDGES),
  alone: Object.keys(ALONE),
}
const [first, ...named] = process.argv.slice(2)
const seeds = (first ?? '1').split(',').map(Number)
const shapes = (named.length > 0 ? named : Object.keys(FAMILIES)).flatMap((name) => FAMILIES[name] ?? [name])
const isBare = process.env.BARE === '1'
const isGuessed = process.env.AUTO === '1' || isBare
/** Headers of a table that has none; the answer keeps its own. */
function bareRows<Row extends Readonly<Record<string, string>>>(rows: readonly Row[]): Record<string, string>[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return rows.map((row) =>
    Object.fromEntries(names.map((name, i) => [name === 'cluster' ? name : `c${i + 1}`, row[name] ?? ''])),
  )
}
const isLoud = process.env.LOUD === '1'
const errorsMost = Number(process.env.ERRORS ?? 0)
const say = (line: string) => process.stdout.write(`${line}\n`)
const show = (value: number) => value.toFixed(4)
const kept: Record<string, unknown>[] = []
for (const shape of shapes) {
  const scores: number[] = []
  for (const seed of seeds) {
    const own = ALL[shape](seed)
    const made = isBare ? { ...own, left: bareRows(own.left), right: own.right && bareRows(own.right) } : own
    const left = tableFromRows('left', made.left)
    const right = made.right === undefined ? undefined : tableFromRows('right', made.right)
    // Tables with other headers each, or without an identifier, have no spec but the guessed one.
    const hasOwnSpec = [made.left, made.right ?? made.left].every(([row]) => made.spec.id in row)
    const guess = isGuessed || !hasOwnSpec ? proposeSpec(left, right, 'cluster') : undefined
    if (isLoud && guess !== undefined) for (const line of proposalLines(guess)) say(`  ${line}`)
    const whole = completeSpec(guess?.spec ?? made.spec)
    const spec = right === undefined ? whole : withoutUnsharedColumns(left, right, whole).spec
    const started = performance.now()
    const result = runTables(left, right, spec, isLoud ? { onPhase: (line) => say(`  ${line}`) } : {})
    const seconds = (performance.now() - started) / 1000
    const t = measureTruth(result, left, right, 'cluster')
    const complete = completenessOf(result, left, right, 'cluster')
    const calibration = calibrationOf(result, left, right, 'cluster')
    scores.push(t.f1)
    say(
      `${shape.padEnd(20)} ${String(seed).padStart(4)}  P ${show(t.precision)} R ${show(t.recall)} F1 ${show(t.f1)}  B3 ${show(t.bCubedF1)}  PC ${show(complete)}  pairF1 best ${show(calibration.bestF1)} even ${show(calibration.evenF1)}  false ${t.linkedPairs - t.foundPairs} missed ${t.truePairs - t.foundPairs} of ${t.truePairs}  λ× ${((result.model.lambda * t.pairsTotal) / Math.max(t.truePairs, 1)).toFixed(2)}  Brier ${calibration.brier.toFixed(5)}  ${result.pairsCompared} pairs ${seconds.toFixed(1)} s`,
    )
    if (isLoud) for (const line of calibration.lines) say(`  ${line}`)
    if (errorsMost > 0) for (const line of errorLines(result, left, right, 'cluster', errorsMost)) say(line)
    kept.push({ shape, seed, ...t, pairsCompleteness: complete, brier: calibration.brier, seconds })
  }
  if (seeds.length > 1)
    say(`${shape.padEnd(20)} mean F1 ${show(scores.reduce((sum, f1) => sum + f1, 0) / scores.length)}`)
}
if (process.env.JSON !== undefined) writeFileSync(process.env.JSON, `${JSON.stringify(kept, null, 1)}\n`)
