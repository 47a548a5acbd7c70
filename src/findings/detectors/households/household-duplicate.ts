/**
 * 整户重登: at least two people present in the same two census households. One case, not n cases: it replaces the
 * duplicate codes of its people.
 */
import type { HouseholdDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'
import { pairKey } from '../../../linking/people.ts'

const CODE = codeNumber('household-duplicate')

export const householdDuplicate: HouseholdDetector = {
  observe(ground) {
    const { household } = ground.table.columns
    /** Rows of each pair of households, person after person. */
    const pairs = new Map<number, { readonly people: number[]; readonly rows: number[] }>()
    return {
      see(s) {
        if ((s.bits & (BIT.OPEN | BIT.SEVERAL_PRESENT)) !== (BIT.OPEN | BIT.SEVERAL_PRESENT)) return
        const { items, length } = s.present
        for (let a = 0; a < length; a++) {
          for (let b = a + 1; b < length; b++) {
            const one = household[items[a]]
            const other = household[items[b]]
            if (one === 0 || other === 0 || one === other) continue
            const key = pairKey(one, other)
            let pair = pairs.get(key)
            if (pair === undefined) pairs.set(key, (pair = { people: [], rows: [] }))
            if (pair.people[pair.people.length - 1] !== s.person) pair.people.push(s.person)
            pair.rows.push(items[a], items[b])
          }
        }
      },
      finish(out) {
        for (const [pair, { people, rows }] of pairs) {
          if (people.length < 2 || !out.start(CODE)) continue
          ground.replacedPairs.add(pair)
          for (const row of new Set(rows)) out.row(row)
          out.end()
        }
      },
    }
  },
  sentences: {
    'household-duplicate': (f, w) => {
      const people = new Set(f.rows.map((row) => w.ground.people.personOf[row])).size
      return `两个普查户之间有${people}人同时登记为现住：${w.blocks(f.rows)}。`
    },
  },
}
