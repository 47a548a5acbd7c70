/**
 * The logic audit of all census forms: row rules, household rules, and rules across forms, as one table of issues.
 *
 * In:  the finding context. Out: issues (rule, hard or soft, rows), forms in the order of their first row. It is for the
 * enumerator before anything is compared; facts about persons are findings. H2 counts and relations appear here as well
 * because a form is audited as a whole.
 */
import { RELATION } from '../../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS } from '../../registers/columns.ts'
import { type FindingContext, Ground } from '../ground.ts'
import { HouseholdRows } from './household-rows.ts'
import { RELATION_RULES } from './relation-rules.ts'
import { ROW_RULES } from './row-rules.ts'

export interface AuditRule {
  readonly id: string
  readonly isHard: boolean
  readonly zh: string
  readonly en: string
}

export interface AuditIssue {
  readonly rule: AuditRule
  readonly rows: readonly number[]
}

interface FormRule extends AuditRule {
  find(rows: Int32Array, ground: Ground): readonly number[]
}

/** Rules on a whole household's form that are not relations. */
const FORM_RULES: readonly FormRule[] = [
  {
    id: 'no-head',
    isHard: true,
    zh: '家庭户没有户主',
    en: 'a family household without a head',
    find(rows, ground) {
      const { relation, householdType } = ground.table.columns
      if (householdType[rows[0]] === 2) return []
      return rows.some((row) => relation[row] === RELATION.head || relation[row] === RELATION.unknown) ? [] : [rows[0]]
    },
  },
  {
    id: 'counts',
    isHard: true,
    zh: '申报人数与登记行数不符',
    en: 'H2 is not the number of rows',
    find(rows, ground) {
      const { residence, personsPresent, personsAway } = ground.table.columns
      const present = rows.filter((row) => residence[row] === 1).length
      const away = rows.length - present
      const wrong = (row: number): boolean =>
        (personsPresent[row] !== 0 && personsPresent[row] - 1 !== present) ||
        (personsAway[row] !== 0 && personsAway[row] - 1 !== away)
      return rows.some(wrong) ? [rows[0]] : []
    },
  },
  {
    id: 'counts-differ',
    isHard: true,
    zh: '同户各行申报人数不一致',
    en: 'H2 differs between rows of one household',
    find(rows, ground) {
      const { personsPresent, personsAway } = ground.table.columns
      const first = rows[0]
      const differing = Array.from(rows).filter(
        (row) => personsPresent[row] !== personsPresent[first] || personsAway[row] !== personsAway[first],
      )
      return differing.length === 0 ? [] : [first, ...differing]
    },
  },
  {
    id: 'types-differ',
    isHard: true,
    zh: '同户各行户别不一致',
    en: 'H1 differs between rows of one household',
    find(rows, ground) {
      const { householdType } = ground.table.columns
      return rows.every((row) => householdType[row] === householdType[rows[0]]) ? [] : Array.from(rows)
    },
  },
  {
    id: 'person-twice',
    isHard: true,
    zh: '同户同一人登记两次',
    en: 'one person twice in one household',
    find(rows, ground) {
      const { personOf } = ground.people
      const seen = new Map<number, number>()
      const twice = new Set<number>()
      for (const row of rows) {
        const first = seen.get(personOf[row])
        if (first === undefined) seen.set(personOf[row], row)
        else twice.add(first).add(row)
      }
      return Array.from(twice)
    },
  },
]

/** Every rule of the audit, for help and documents. */
export const AUDIT_RULES: readonly AuditRule[] = [...ROW_RULES, ...FORM_RULES, ...RELATION_RULES]

export function auditForms(context: FindingContext): readonly AuditIssue[] {
  const ground = new Ground(context)
  const { table } = ground
  const issues: AuditIssue[] = []
  for (const register of [CENSUS, CENSUS_DEATHS]) {
    if (!ground.given[register]) continue
    const rules = ROW_RULES.filter((rule) => rule.register === register)
    for (let row = table.starts[register]; row < table.starts[register + 1]; row++)
      for (const rule of rules) if (rule.isBroken(row, ground)) issues.push({ rule, rows: [row] })
  }
  if (!ground.given[CENSUS]) return issues
  const forms = new HouseholdRows(table, table.starts[CENSUS], table.starts[CENSUS + 1])
  for (const home of forms.households) {
    const rows = forms.of(home)
    for (const rule of FORM_RULES) keep(rule, rule.find(rows, ground))
    for (const rule of RELATION_RULES) keep(rule, rule.find(rows, table.columns))
  }
  return issues

  function keep(rule: AuditRule, rows: readonly number[]): void {
    if (rows.length > 0) issues.push({ rule, rows })
  }
}
