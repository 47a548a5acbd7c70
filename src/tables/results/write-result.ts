/**
 * The files a link or dedupe leaves: links.csv, clusters.csv, model.json, summary.json.
 *
 * In:  a result and a directory that becomes visible only when whole (report/run-directory.ts). Out: files.
 * No clock and no versions in them: the same tables and spec give the same bytes. Lines are written in pieces.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { rowsByCluster } from '../decide/clusters.ts'
import { NO_COPIES, type TableResult } from '../engine.ts'

export function writeResult(result: TableResult, isLink: boolean, fileOf: (name: string) => string): void {
  const { fields, links, clusterOf } = result
  const id = (row: number) => cell(fields.recordIds[row])
  writeLines(
    fileOf('links.csv'),
    'left_record_id,right_record_id,match_weight,match_probability,decision',
    links.length,
    (i) => {
      const link = links[i]
      return `${id(link.left)},${id(link.right)},${(link.weight / 1000).toFixed(3)},${link.probability.toFixed(6)},${link.decision}`
    },
  )
  const { rows, ends } = rowsByCluster(clusterOf)
  const numberOf = new Int32Array(fields.rowCount)
  for (let c = 0, at = 0; c < ends.length; c++) for (; at < ends[c]; at++) numberOf[rows[at]] = c + 1
  writeLines(
    fileOf('clusters.csv'),
    isLink ? 'cluster_id,source,record_id' : 'cluster_id,record_id',
    rows.length,
    (i) => {
      const row = rows[i]
      const source = isLink ? `${row < fields.leftCount ? 'left' : 'right'},` : ''
      return `c${numberOf[row]},${source}${id(row)}`
    },
  )
  writeFileSync(fileOf('model.json'), `${JSON.stringify(modelOf(result), null, 1)}\n`, { mode: 0o600 })
  writeFileSync(fileOf('summary.json'), `${JSON.stringify(summaryOf(result, ends.length), null, 2)}\n`, { mode: 0o600 })
}

export function summaryOf(result: TableResult, clusters: number): unknown {
  const { fields, links, proposal, model } = result
  const decided = links.filter((link) => link.decision === 'link')
  const expectedFalse = decided.reduce((sum, link) => sum + 1 - link.probability, 0)
  return {
    records: fields.rowCount,
    left_records: fields.leftCount,
    candidate_pairs: result.pairsCompared,
    links: decided.length,
    review_pairs: links.length - decided.length,
    clusters,
    one_to_one: result.oneToOne,
    expected_false_link_rate: decided.length === 0 ? 0 : round(expectedFalse / decided.length),
    lambda: model.lambda,
    iterations: model.iterations,
    converged: model.converged,
    blocking: {
      likely_matches: proposal.likelyMatches,
      coverage: round(proposal.coverage),
      rules: proposal.rules.map(({ blocks, coverage }, r) => ({
        rule: blocks.name,
        pairs: blocks.pairs,
        new_pairs: result.pairsByRule[r],
        coverage: round(coverage),
        blocks_split: blocks.blocksSplit,
        rows_left_out: blocks.rowsLeftOut,
      })),
    },
    joins_refused: result.refused.length,
    ...(result.areCopies ? {} : { warning: NO_COPIES }),
    date_order: fields.dateOrders,
    cells_not_read: fields.unread,
  }
}

function modelOf(result: TableResult): unknown {
  const { model, comparisons } = result
  const table = (values: Float64Array) => Array.from(values, (value) => Math.round(value * 1e6) / 1e6)
  return {
    version: 1,
    lambda: model.lambda,
    iterations: model.iterations,
    converged: model.converged,
    companions_share: model.companions === undefined ? null : Number(model.companions.share.toPrecision(6)),
    comparisons: comparisons.map((comparison, c) => ({
      name: comparison.name,
      kind: comparison.kind,
      levels: comparison.levels.map((level, l) => ({
        level,
        m: l === 0 ? null : round(model.matches.marginals[c][l]),
        u: l === 0 ? null : Number(model.strangers.marginals[c][l].toPrecision(6)),
      })),
      matches_given: comparisons[model.matches.parents[c]]?.name ?? null,
      strangers_given: comparisons[model.strangers.parents[c]]?.name ?? null,
      log2_m: table(model.matches.tables[c]),
      log2_u: table(model.strangers.tables[c]),
      ...(model.variants[c].length === 0 ? {} : { variants_per_match: Array.from(model.variants[c], round) }),
      ...(model.companions === undefined ? {} : { log2_companions: table(model.companions.logMarginals[c]) }),
    })),
  }
}

function writeLines(path: string, header: string, count: number, line: (i: number) => string): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    // writeFileSync, not writeSync: on a disk that is nearly full the latter writes what there is room for, and says nothing.
    let piece = `${header}\n`
    for (let i = 0; i < count; i++) {
      piece += `${line(i)}\n`
      if (piece.length > 1 << 20) {
        writeFileSync(file, piece)
        piece = ''
      }
    }
    writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
