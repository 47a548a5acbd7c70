/** Groups of rows against sets of rows, whatever is joined and kept apart in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Groups } from '../../src/linking/groups.ts'
import { LINE_WORDS, packRecords } from '../../src/matching/packed-records.ts'
import { ID_KIND } from '../../src/records/record-table.ts'
import { CENSUS, POLICE } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { census, id, police } from '../support/village-rows.ts'

/** Few households and few numbers, so that groups share both. */
const ROWS: readonly RowText[] = [
  police('P1', { household_no: 'H1', id_number: id('19980315', '101') }),
  police('P2', { household_no: 'H1', id_number: id('19980315', '103') }),
  police('P3', { household_no: 'H2' }),
  police('P4', { household_no: 'H2', id_number: id('19980315', '101') }),
  census('C1', { household_no: '1', id_number: id('19980315', '101') }),
  census('C2', { household_no: '1' }),
  census('C3', { household_no: '2', id_number: id('19980315', '105'), residence: '4' }),
  census('C4', { household_no: '2' }),
]
const { table } = buildTable(ROWS)
const lines = new Int32Array(table.rows * LINE_WORDS)
packRecords(table, lines, 0, table.rows)

const anyRow = fc.nat({ max: ROWS.length - 1 })
const steps = fc.array(
  fc.record({ what: fc.constantFrom('join' as const, 'join' as const, 'forbid' as const), a: anyRow, b: anyRow }),
  { maxLength: 14 },
)

/** The plain judge: each row's group as a set, and the pairs that were kept apart. */
class Sets {
  private readonly of = ROWS.map((_, row) => new Set([row]))
  private readonly apart: (readonly [number, number])[] = []

  join(a: number, b: number): void {
    const both = new Set([...this.of[a], ...this.of[b]])
    for (const row of both) this.of[row] = both
  }

  forbid(a: number, b: number): void {
    this.apart.push([a, b])
  }

  rows(row: number): number[] {
    return [...this.of[row]].sort((a, b) => a - b)
  }

  isForbidden(a: number, b: number): boolean {
    return this.apart.some(
      ([x, y]) => (this.of[a].has(x) && this.of[b].has(y)) || (this.of[a].has(y) && this.of[b].has(x)),
    )
  }
}

function afterSteps(taken: readonly { what: 'join' | 'forbid'; a: number; b: number }[]): {
  groups: Groups
  sets: Sets
} {
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  const sets = new Sets()
  for (const { what, a, b } of taken)
    for (const structure of [groups, sets]) {
      if (what === 'join') structure.join(a, b)
      else structure.forbid(a, b)
    }
  return { groups, sets }
}

test('a group is named by its smallest row, and going round it meets each of its rows once', () =>
  fc.assert(
    fc.property(steps, (taken) => {
      const { groups, sets } = afterSteps(taken)
      for (let row = 0; row < table.rows; row++) {
        const met = [row]
        for (let next = groups.following(row); next !== row; next = groups.following(next)) met.push(next)
        expect(met.toSorted((a, b) => a - b)).toEqual(sets.rows(row))
        expect(groups.root(row)).toBe(sets.rows(row)[0])
      }
    }),
  ))

test('what was kept apart stays so for both, whoever has joined either since', () =>
  fc.assert(
    fc.property(steps, (taken) => {
      const { groups, sets } = afterSteps(taken)
      for (let a = 0; a < table.rows; a++)
        for (let b = 0; b < table.rows; b++)
          expect(groups.isForbidden(groups.root(a), groups.root(b))).toBe(sets.isForbidden(a, b))
    }),
    { numRuns: 1000 },
  ))

test('a group has the number of its first row that has a whole one, and as many people as its rows say', () =>
  fc.assert(
    fc.property(steps, anyRow, (taken, row) => {
      const { groups, sets } = afterSteps(taken)
      const { idNo, idKind } = table.columns
      const own = sets.rows(row)
      const root = groups.root(row)
      const numbered = own.find((other) => idKind[other] === ID_KIND.valid)
      expect(groups.idNo[root]).toBe(numbered === undefined ? 0 : idNo[numbered])
      expect(groups.police[root]).toBe(own.filter((other) => table.registerOf(other) === POLICE).length)
      const inCensus = own.filter((other) => table.registerOf(other) === CENSUS)
      expect(groups.present[root] + groups.away[root]).toBe(inCensus.length)
      expect(groups.away[root]).toBe(inCensus.filter((other) => table.columns.residence[other] > 1).length)
    }),
  ))

test('groups share a household where two of their rows do', () =>
  fc.assert(
    fc.property(steps, anyRow, anyRow, (taken, a, b) => {
      const { groups, sets } = afterSteps(taken)
      const { household } = table.columns
      const share = sets
        .rows(a)
        .some((x) => household[x] !== 0 && sets.rows(b).some((y) => household[x] === household[y]))
      expect(groups.shareHousehold(groups.root(a), groups.root(b))).toBe(share)
    }),
  ))
