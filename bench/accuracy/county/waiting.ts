/**
 * How honest the chances of the pairs are that wait for a person: said beside true, by band, by preset and by why they wait.
 *
 * In: run directories and the truth of their counties. Out: tables in Markdown. Brier is the mean of (said − true)², log loss the mean
 * of −log2 of the chance given to what is true, with chances cut at a thousandth: 0 and 0 of a perfect reader, 0.25 and 1 of one who always
 * says a half.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openRun } from '../../../src/store/open-run.ts'
import { count, type County, markdownTable, share } from '../../county/counties.ts'

export interface WaitingPair {
  readonly preset: string
  /** Registers of the two rows. */
  readonly between: string
  readonly reason: string
  readonly said: number
  readonly isTrue: boolean
}

const BANDS = 5
const CUT = 0.001
/** Kinds of fewer pairs are told together. */
const KIND_MIN = 10

/** The pairs to review of a run; one whose rows the truth does not know is left out. */
export function readWaiting(preset: string, run: string, county: County): WaitingPair[] {
  const person = readTruth(join(county.folder, 'people.csv'))
  const database = openRun(run)
  try {
    const rows = database.prepare('SELECT left_key, right_key, probability, reason FROM review_pair').raw().all() as [
      left: string,
      right: string,
      said: number,
      reason: string,
    ][]
    return rows.flatMap(([left, right, said, reason]) => {
      const [one, other] = [person.get(left), person.get(right)]
      if (one === undefined || other === undefined) return []
      return [{ preset, between: `${registerOf(left)} – ${registerOf(right)}`, reason, said, isTrue: one === other }]
    })
  } finally {
    database.close()
  }
}

function registerOf(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

/** `register:record_id` → person. Invented files hold no commas inside cells. */
function readTruth(path: string): Map<string, string> {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
  const columns = head.replace('﻿', '').split(',')
  const [register, record, person] = ['register', 'record_id', 'person_id'].map((name) => columns.indexOf(name))
  return new Map(
    lines.map((line) => {
      const cells = line.split(',')
      return [`${cells[register]}:${cells[record]}`, cells[person]]
    }),
  )
}

export function calibrationTables(pairs: readonly WaitingPair[]): string[] {
  const bandOf = ({ said }: WaitingPair): number => Math.min(BANDS - 1, Math.floor(said * BANDS))
  const presets = [...groupBy(pairs, ({ preset }) => preset), ['all', pairs] as const]
  const cell = (of: readonly WaitingPair[]): string =>
    of.length === 0 ? '' : `${share(mean(of, said), 2)} / ${share(mean(of, isTrue), 2)} (${of.length})`
  const bands = Array.from({ length: BANDS }, (_, band) => `${band / BANDS}–${(band + 1) / BANDS}`)
  const byBand = markdownTable(
    ['preset: said / true (pairs)', ...bands, 'Brier', 'log loss'],
    presets.map(([preset, of]) => [
      preset,
      ...bands.map((_, band) => cell(of.filter((pair) => bandOf(pair) === band))),
      ...lossCells(of),
    ]),
  )
  const kinds = groupBy(pairs, ({ between, reason }) => `${between}, ${reason}`)
  const rare = kinds.filter(([, of]) => of.length < KIND_MIN).flatMap(([, of]) => of)
  const shown: (readonly [string, readonly WaitingPair[]])[] = kinds.filter(([, of]) => of.length >= KIND_MIN)
  if (rare.length > 0) shown.push([`rarer than ${KIND_MIN}`, rare])
  const byKind = markdownTable(
    ['pairs that wait', 'pairs', 'said', 'true', 'Brier', 'log loss'],
    shown
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([kind, of]) => [
        kind,
        count(of.length),
        share(mean(of, said), 2),
        share(mean(of, isTrue), 2),
        ...lossCells(of),
      ]),
  )
  return [byBand, '', byKind]
}

const said = (pair: WaitingPair): number => pair.said
const isTrue = (pair: WaitingPair): number => Number(pair.isTrue)

function lossCells(pairs: readonly WaitingPair[]): [brier: string, log: string] {
  const brier = mean(pairs, (pair) => (pair.said - isTrue(pair)) ** 2)
  const log = mean(pairs, (pair) => {
    const chance = Math.min(1 - CUT, Math.max(CUT, pair.said))
    return -Math.log2(pair.isTrue ? chance : 1 - chance)
  })
  return [share(brier, 3), share(log, 2)]
}

function mean(pairs: readonly WaitingPair[], of: (pair: WaitingPair) => number): number {
  return pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length
}

function groupBy(
  pairs: readonly WaitingPair[],
  keyOf: (pair: WaitingPair) => string,
): (readonly [key: string, pairs: readonly WaitingPair[]])[] {
  const groups = new Map<string, WaitingPair[]>()
  for (const pair of pairs) {
    const key = keyOf(pair)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [pair])
    else group.push(pair)
  }
  return [...groups]
}
