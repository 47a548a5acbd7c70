/**
 * What somebody with the disk can do to the log, and whether it is found:
 *   npx tsx bench/review/audit.ts [mutations] [seed]        (default 10,000)
 *
 * A log of 240 events with notes and two signed checkpoints; each time one change by chance to a copy of it: a byte, a
 * row gone, put in, moved, the end cut off, the chain made anew from a place on, a checkpoint. The anchor is the one that
 * would be printed on the 日报. Checked first: the untouched copy is intact, before and after. One change not found ends it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { DecisionLog, verifyAudit } from '../../src/review/decisions/index.ts'
import { dropTriggers, mutate, MUTATIONS } from '../../tests/support/audit-mutations.ts'
import { randomOf } from '../../tests/support/random.ts'

const [mutations = '10000', seed = '1'] = process.argv.slice(2)
const random = randomOf(Number(seed))
const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'))
try {
  const path = join(folder, 'decisions.sqlite')
  const anchor = writeLog(path)
  const whole = new Database(path)
  whole.pragma('journal_mode = DELETE')
  dropTriggers(whole)
  const bytes = whole.serialize()
  whole.close()
  const isIntact = () => {
    const copy = new Database(bytes)
    const report = verifyAudit(copy, anchor)
    copy.close()
    return report.isIntact
  }
  if (!isIntact()) throw new Error('the untouched log is called changed')
  const counts = new Map<string, number>()
  const start = performance.now()
  for (let n = 0; n < Number(mutations); n++) {
    const kind = MUTATIONS[Math.floor(random() * MUTATIONS.length)]
    const copy = new Database(bytes)
    mutate(copy, kind, random)
    if (verifyAudit(copy, anchor).isIntact) throw new Error(`not found: change ${n} (${kind}) of seed ${seed}`)
    copy.close()
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  if (!isIntact()) throw new Error('the untouched log is called changed')
  const seconds = (performance.now() - start) / 1000
  process.stdout.write(
    `${Number(mutations).toLocaleString('en')} changes, all found (${[...counts].map(([kind, count]) => `${kind} ${count}`).join(', ')}); ` +
      `${((seconds * 1000) / Number(mutations)).toFixed(2)} ms each\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function writeLog(path: string): { readonly count: number; readonly head: string } {
  let now = Date.UTC(2026, 10, 24)
  const log = DecisionLog.open(path, () => (now += 1000))
  for (let n = 0; n < 240; n++) {
    log.append(
      [
        {
          actor: n % 3 === 0 ? 'zhang' : 'li',
          role: 'reviewer',
          sess: 'session',
          ev: 'decide',
          obj: `police:P${n}|census:C${n}`,
          left: `police:P${n}`,
          right: `census:C${n}`,
          run: 'abcdef',
          fpA: '00aa',
          fpB: '00bb',
          verdict: n % 3 === 0 ? 'different' : 'same',
          ms: 700 + n,
          level: 'L1',
          ck: `key-${n}-of-the-client`,
          batch: `key-${n}-of-the-client`,
        },
      ],
      n % 10 === 0 ? `note ${n}` : undefined,
    )
    if (n === 119) log.checkpoint()
  }
  const anchor = { count: log.anchor.count, head: log.anchor.head.slice(0, 16) }
  log.close()
  return anchor
}
