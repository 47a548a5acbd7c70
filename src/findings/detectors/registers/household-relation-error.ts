/**
 * 户内关系差错: a household whose relations cannot be (two heads, a spouse of the same sex, ages that do not fit), on
 * police households and census forms alike. The rules are those of the audit; one finding per household and rule.
 * Collective households have no relations to test.
 */
import { CENSUS, POLICE } from '../../../registers/columns.ts'
import { HouseholdRows } from '../../audit/household-rows.ts'
import { RELATION_RULES } from '../../audit/relation-rules.ts'
import type { RegisterDetector } from '../../detector.ts'
import { STANDING } from '../../ground.ts'
import { codeNumber } from '../../table.ts'
import { HOUSEHOLD_TYPE } from '../../../records/record-table.ts'

const CODE = codeNumber('household-relation-error')
const COLLECTIVE = HOUSEHOLD_TYPE.collective

export const householdRelationError: RegisterDetector = {
  detect(ground, out) {
    const { table, standing } = ground
    const { householdType } = table.columns
    for (const register of [POLICE, CENSUS]) {
      if (!ground.given[register]) continue
      const homes = new HouseholdRows(
        table,
        table.starts[register],
        table.starts[register + 1],
        (row) => householdType[row] !== COLLECTIVE && (register !== POLICE || standing[row] === STANDING.active),
      )
      for (const home of homes.households) {
        const rows = homes.of(home)
        if (rows.length < 2) continue
        for (const rule of RELATION_RULES) {
          const found = rule.find(rows, table.columns)
          if (found.length === 0) continue
          if (!out.start(CODE)) continue
          for (const row of found) out.row(row)
          out.end()
        }
      }
    }
  },
  // Two rows of one person in one household are double-hukou or a duplicate, not a relation.
  holds: (rows, { personOf }) => rows.some((row) => personOf[row] !== personOf[rows[0]]),
  sentences: {
    'household-relation-error': (f, w) => {
      const rows = Int32Array.from(f.rows)
      const broken = RELATION_RULES.filter((rule) => rule.find(rows, w.table.columns).length === rows.length)
      return `${w.block(f.rows[0])}一户${broken.length === 0 ? '户内关系不合理' : broken.map((rule) => rule.zh).join('、')}。`
    },
  },
}
