/**
 * What people decided, over four nights in which its rows vanish, come back, are numbered anew and change, in every order.
 *
 * Every verdict is against the engine, so that a night that loses one shows it: a link called two people, two people called one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { loadDecisions } from '../../../src/review/decisions/index.ts'
import { Desk, type Person } from '../../../src/review/server/desks/desk.ts'
import { linkByHand, splitPerson } from '../../../src/review/server/desks/record-desk.ts'
import { synthesizeCounty } from '../../../src/synth/index.ts'
import { programIn } from '../../support/program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

vi.setConfig({ testTimeout: 300_000 })
const home = temporaryFolder('many-nights')
const bidui = programIn(home)
const lead: Person = { name: 'wang', role: 'lead', areas: [], hasPassword: false, sess: 's1' }

/** What happens in a night to the census row of a decided pair. */
type Fate = 'vanishes' | 'returns' | 'is numbered anew' | 'changes'

/** All orders of the four in which a row vanishes before it returns. */
function orders(left: readonly Fate[] = ['vanishes', 'returns', 'is numbered anew', 'changes']): readonly Fate[][] {
  if (left.length === 0) return [[]]
  return left
    .filter((fate) => fate !== 'returns' || !left.includes('vanishes'))
    .flatMap((fate) => orders(left.filter((other) => other !== fate)).map((rest) => [fate, ...rest]))
}

interface Decided {
  /** Record id of the census row when it was judged. */
  readonly census: string
  readonly fates: readonly Fate[]
}

/** A row on one night, by the key that it had when it was judged. */
function tonight(key: string, fates: readonly Fate[], night: number) {
  const past = fates.slice(0, night)
  const isThere = !past.includes('vanishes') || past.includes('returns')
  const hasChanged = past.includes('changes')
  const hasNewId = past.includes('is numbered anew')
  // Another id and other contents: nothing says that it is the row that was judged.
  return { isThere, hasChanged, isFound: isThere && !(hasChanged && hasNewId), key: hasNewId ? `${key}N` : key }
}

test('in no order of vanishing, coming back, a new number and a change is a verdict lost or turned round', async () => {
  await synthesizeCounty({ people: 1500, seed: 'nights', preset: 'hard', out: join(home, 'county') })
  const [head, ...rows] = readFileSync(join(home, 'county/census.csv'), 'utf8').trim().split(/\r?\n/)
  const addressAt = head.split(',').indexOf('address')
  expect(addressAt).toBe(head.split(',').length - 1)

  const run = (night: number, decided: readonly Decided[]) => {
    const byRow = new Map(decided.map(({ census, fates }) => [census, tonight(census, fates, night)]))
    const lines = rows.flatMap((line) => {
      const [recordId] = line.split(',', 1)
      const row = byRow.get(recordId)
      if (row === undefined) return [line]
      return row.isThere ? [`${row.key}${line.slice(recordId.length)}${row.hasChanged ? '旁' : ''}`] : []
    })
    mkdirSync(join(home, `files${night}`))
    writeFileSync(join(home, `files${night}/census.csv`), [head, ...lines, ''].join('\n'))
    const earlier = night === 0 ? [] : ['--decisions', 'decisions.sqlite', '--previous', `night${night - 1}`]
    const files = ['--police', 'county/police.csv', '--census', `files${night}/census.csv`]
    const made = bidui('run', ...files, ...earlier, '--out', `night${night}`, '--workers', '1', '--quiet')
    expect(made.status, made.err).toBe(0)
    return made
  }

  run(0, [])
  const decided = decideAgainstTheEngine()
  const fatesOf = new Map(decided.map(({ census, fates }) => [`census:${census}`, fates]))
  const { judgements } = loadDecisions(join(home, 'decisions.sqlite'))
  for (let night = 1; night <= 4; night++) {
    const { out } = run(night, decided)
    const personOf = peopleOf(`night${night}`)
    const waiting = pairsWaiting(`night${night}`)
    const told = { gone: 0, again: 0 }
    // What followed from the verdicts is decided too.
    for (const { left, right, verdict } of judgements) {
      const sides = [left, right].map((key) => tonight(key, fatesOf.get(key) ?? [], night))
      const name = `night ${night}: ${verdict} of rows that ${JSON.stringify(fatesOf.get(left) ?? fatesOf.get(right))}`
      if (sides.some((side) => !side.isFound)) {
        told.gone++
        continue
      }
      const [one, other] = sides.map(({ key }) => key)
      if (sides.some((side) => side.hasChanged)) {
        told.again++
        expect(waiting.has([one, other].sort().join(' ')), `${name} waits again`).toBe(true)
      } else expect(personOf.get(one) === personOf.get(other), name).toBe(verdict === 'same')
    }
    expect(told.gone).toBeGreaterThan(0)
    expect(out).toContain(`${judgements.length} 对裁决(含由此推出的)中有 ${told.gone} 对的记录不在本次文件中`)
    if (told.again > 0)
      expect(out).toContain(`${judgements.length} 对裁决(含由此推出的)中有 ${told.again} 对的数据已变化`)
  }
  expect(bidui('audit', 'verify', '.').status).toBe(0)
})

/** Two of each order: a link taken apart, and two rows joined that the engine holds for two people. */
function decideAgainstTheEngine(): readonly Decided[] {
  const desk = new Desk({ directory: join(home, 'night0'), decisions: join(home, 'decisions.sqlite') })
  const people = new Set<string>()
  const links = desk.run.controlPairs.filter(({ control, left, right }) => {
    const isLink = control?.stratum === 'accepted' && left.startsWith('police:') && right.startsWith('census:')
    const { person } = desk.run.factsOf(left)
    if (!isLink || people.has(person)) return false
    people.add(person)
    return true
  })
  const decided = orders().flatMap((fates, at): Decided[] => {
    const [apart, one, other] = links.slice(3 * at, 3 * at + 3)
    const rows = [apart.left, apart.right] as const
    splitPerson(desk, lead, { ck: `split-${at}-key`, reason: 'split', groups: rows.map((key, group) => [key, group]) })
    linkByHand(desk, lead, { ck: `link-${at}-key`, left: one.left, right: other.right, reason: 'search' })
    const idOf = (key: string) => key.slice('census:'.length)
    return [apart.right, other.right].map((key) => ({ census: idOf(key), fates }))
  })
  desk.close()
  expect(decided).toHaveLength(24)
  return decided
}

function peopleOf(run: string): ReadonlyMap<string, string> {
  const [, ...lines] = readFileSync(join(home, run, 'people.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  return new Map(
    lines.map((line) => {
      const [person, register, recordId] = line.split(',')
      return [`${register}:${recordId}`, person]
    }),
  )
}

/** `left right` of the pairs that a run puts to people. */
function pairsWaiting(run: string): ReadonlySet<string> {
  const desk = new Desk({ directory: join(home, run), decisions: join(home, 'decisions.sqlite') })
  const waiting = new Set(desk.run.pairs.map(({ left, right }) => [left, right].sort().join(' ')))
  desk.close()
  return waiting
}
