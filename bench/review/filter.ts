/**
 * What the filter of the desk costs on a long queue: the counts of its dialog, and the next task behind a filter.
 *   npx tsx bench/review/filter.ts [pairs]        (default 100000; as many findings)
 *
 * In one process, without the page: what the page waits for beside the network. Every figure is the median and the worst of
 * the calls; half of the queue is decided first, so that the places before the open ones are walked, too.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DecisionLog } from '../../src/review/decisions/index.ts'
import { NO_FILTER, type QueueFilter } from '../../src/review/queue/filter.ts'
import { Desk, type Person } from '../../src/review/server/desks/desk.ts'
import { FindingDesk } from '../../src/review/server/desks/finding-desk.ts'
import { nextTasks, pairChoices } from '../../src/review/server/desks/pair-desk.ts'
import { makeRunDatabase } from '../../tests/support/make-run-database.ts'

const [pairsWanted = '100000'] = process.argv.slice(2)
const CALLS = 15
const DECIDED = 300
const home = mkdtempSync(join(tmpdir(), 'filter-'))
const wang: Person = { name: 'wang', role: 'lead', areas: [], hasPassword: true, sess: 's' }
const inOneArea: Person = { ...wang, name: 'li', areas: ['513027124'] }
const lastTownship: QueueFilter = { ...NO_FILTER, township: '513027124' }
const rare: QueueFilter = { ...NO_FILTER, kind: 'no-such-kind' }

const made = makeRunDatabase(join(home, 'run'), Number(pairsWanted))
DecisionLog.open(join(home, 'decisions.sqlite')).close()
const desk = new Desk({ directory: made.directory, decisions: join(home, 'decisions.sqlite') })
try {
  const findings = new FindingDesk(desk)
  for (let done = 0; done < DECIDED; done++) {
    const [finding] = findings.next(wang, []).findings
    findings.decide(wang, [], { ck: `bench-${done}`, findingId: finding.findingId, verdict: 'true', ms: 1 })
  }
  const { all } = findings.choices(wang, NO_FILTER)
  process.stdout.write(`${desk.state.tasks.length} tasks of ${made.pairs} pairs, ${all} findings\n`)
  time('pairs: counts, no filter', () => pairChoices(desk, wang, 'pair', NO_FILTER))
  time('pairs: counts, one township', () => pairChoices(desk, wang, 'pair', lastTownship))
  time('pairs: counts, households', () => pairChoices(desk, wang, 'household', NO_FILTER))
  time('pairs: counts, own area', () => pairChoices(desk, inOneArea, 'pair', NO_FILTER))
  time('pairs: next, one township', () => nextTasks(desk, wang, 'pair', [], { filter: lastTownship }))
  time('pairs: next, nothing passes', () => nextTasks(desk, wang, 'pair', [], { filter: rare }))
  time('findings: counts, no filter', () => findings.choices(wang, NO_FILTER))
  time('findings: counts, one township', () => findings.choices(wang, lastTownship))
  time('findings: next, one township', () => findings.next(wang, [], lastTownship))
  time('findings: next, nothing passes', () => findings.next(wang, [], rare))
} finally {
  desk.close()
  rmSync(home, { recursive: true, force: true })
}

function time(name: string, call: () => unknown): void {
  const spans: number[] = []
  for (let at = 0; at < CALLS; at++) {
    const from = performance.now()
    call()
    spans.push(performance.now() - from)
  }
  spans.sort((a, b) => a - b)
  const [median, worst] = [spans[CALLS >> 1], spans[CALLS - 1]]
  process.stdout.write(`${name.padEnd(34)}${median.toFixed(1).padStart(8)} ms  worst ${worst.toFixed(1)} ms\n`)
}
