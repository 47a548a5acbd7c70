/** Households: declared counts, empty and attached hukou, relations, the audit, and two lists against each other. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { auditForms, diffHouseholds, type ListedMember } from '../../src/findings/index.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, check, form, police, say, T0, V1, V2, visitor } from './check.ts'

const WIFE = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2' }

describe('findings on households', () => {
  test('declared counts are compared with the rows, one finding a household', () => {
    const counts = { persons_present: '2', persons_away: '0' }
    const [one, two] = [census(counts), census({ ...counts, ...WIFE, relation: '1' })]
    const files = [police(), police({ ...WIFE, relation: '12' })]
    check([...files, one, two], [])
    const alone = census(counts)
    check([police(), alone], [['household-count-mismatch', 'S2', alone]])
    const gone = census({ persons_present: '1', persons_away: '0' })
    const extra = away({ ...WIFE, relation: '1', persons_present: '1', persons_away: '0' })
    const here = visitor(WIFE)
    check(
      [...files, gone, extra, here],
      [
        ['household-count-mismatch', 'S2', gone],
        ['separated-pair', 'S0', extra, here],
      ],
    )
  })

  test('a count that was not declared is not compared', () =>
    check([police(), census({ persons_present: '', persons_away: '' })], []))

  test('where no row of the county says where anybody lives, nothing is counted', () => {
    const counts = { persons_present: '1', persons_away: '0', residence: '' }
    check([census(counts)], [])
    const other = { ...WIFE, household_no: '002', persons_present: '1', persons_away: '0' }
    const silent = census(counts)
    check([police(WIFE), census(other), silent], [['household-count-mismatch', 'S2', silent]])
  })

  test('a household of which nobody lives at the hukou and one says it is parked', () => {
    const file = police()
    const gone = census({ residence: '5', away_duration: '9', away_reason: '寄挂户口' })
    check(
      [file, gone],
      [
        ['empty-hukou', 'S0', file],
        ['outbound-unverified', 'S0', gone],
      ],
    )
    const working = census({ residence: '5', away_duration: '9', away_reason: '工作就业' })
    check([file, working], [['outbound-unverified', 'S0', working]])
  })

  test('living in another block of the village is not living at the hukou', () => {
    const file = police()
    const gone = census({ residence: '2', away_reason: '寄挂户口' })
    const here = census({ block_code: `${V1}002` })
    check(
      [file, gone, here],
      [
        ['empty-hukou', 'S0', file],
        ['separated-pair', 'S0', gone, here],
      ],
    )
  })

  test('a collective household with nobody present is told once', () => {
    const type = { household_type: '集体户' }
    const [one, two] = [police(type), police({ ...WIFE, ...type, birth_date: '19980316' })]
    const [gone, gone2] = [census({ residence: '7' }), census({ ...WIFE, residence: '7', birth_month: '199803' })]
    const said = [
      ['collective-empty', 'S0', one],
      ['abroad-counted', 'S0', gone],
      ['abroad-counted', 'S0', gone2],
      ['id-birth-mismatch', 'S3', two],
      ['household-relation-error', 'S3', gone, gone2],
    ] as const
    check([one, two, gone, gone2], said)
  })

  test('a member who is no relative and lives elsewhere is attached', () => {
    const file = police({ relation: '99' })
    const here = visitor()
    check(
      [file, here],
      [
        ['attached-hukou', 'S0', file],
        ['missing-at-hukou', 'S2', here],
      ],
    )
    check([police({ relation: '99' }), census()], [])
  })

  test('two heads, a spouse of the same sex, a child older than the head', () => {
    const head = census()
    const pair = (fields: Record<string, string>): RowText => census({ ...WIFE, ...fields })
    const rows = (other: RowText) => [police(), police({ ...WIFE, relation: '12' }), head, other]
    const second = pair({ relation: '0' })
    check(rows(second), [['household-relation-error', 'S3', head, second]])
    // Twice the same person is a duplicate; whose rows these are is known only after the relations were looked at.
    const again = census({ relation: '0' })
    const said = say([police(), head, again])
    expect(said.filter((line) => line.startsWith('household-relation-error'))).toEqual([])
    expect(said.some((line) => line.startsWith('duplicate-same'))).toBe(true)
    const spouse = pair({ relation: '1' })
    check(rows(spouse), [])
    const child = pair({ relation: '2' })
    check(rows(child), [['household-relation-error', 'S3', child, head]])
  })

  test('two rows of one person in one household are not two heads', () => {
    const rows = [census(), census()]
    check([police(), ...rows], [['duplicate-same-place', 'S1', ...rows]])
  })
})

describe('the audit of forms', () => {
  const audit = (...rows: RowText[]): string[] => {
    const built = buildTable(rows)
    const asOf = Object.fromEntries(REGISTERS.map((register) => [register, T0])) as Record<RegisterName, number>
    return auditForms({
      table: built.table,
      people: built.people,
      given: new Set(REGISTERS),
      settings: { referenceDate: T0, asOf, graceDays: 30 },
    }).map((issue) => issue.rule.id)
  }

  test('a form that is right breaks no rule', () => {
    expect(audit(census({ persons_present: '1', persons_away: '0' }))).toEqual([])
    expect(audit(away({ relation: '0' }))).toEqual([])
    expect(audit(visitor())).toEqual([])
    expect(audit(form())).toEqual([])
  })

  test.each([
    ['residence-missing', census({ residence: '' })],
    ['hukou-place-missing', census({ hukou_place: '' })],
    ['undetermined-with-duration', census({ hukou_place: '5', away_duration: '4' })],
    ['at-home-but-left', census({ away_duration: '4' })],
    ['elsewhere-but-not-left', visitor({ away_duration: '1' })],
    ['away-but-not-left', away({ away_duration: '1' })],
    ['duration-missing', visitor({ away_duration: '' })],
    ['residence-code-missing', away({ residence_area_code: '' })],
    ['hukou-code-missing', visitor({ hukou_area_code: '' })],
    ['residence-code-contradicts', away({ residence_area_code: V2 })],
    ['residence-code-contradicts', away({ residence: '5' })],
    ['hukou-code-contradicts', visitor({ hukou_area_code: '513999' })],
    ['sex-missing', census({ sex: '' })],
    ['birth-missing', census({ birth_month: '' })],
    ['birth-after-reference', census({ birth_month: '202011' })],
    ['age-implausible', census({ birth_month: '190901' })],
    ['unnamed', census({ name: '未取名' })],
    ['no-head', census({ relation: '2' })],
    ['counts', census({ persons_present: '4' })],
    ['death-age', form({ age: '30' })],
    ['death-before-birth', form({ birth_month: '202006', death_month: '202005', age: '' })],
  ])('%s', (rule, row) => expect(audit(row)).toEqual([rule]))

  test('left the hukou and yet in the village: living in another block is no contradiction', () => {
    expect(
      audit(census({ residence: '2', away_duration: '4' }), census({ block_code: `${V1}002`, away_duration: '4' })),
    ).toEqual([])
  })

  test('one person twice in one household, and rows that declare other counts', () => {
    expect(audit(census({ household_type: '2' }), census({ relation: '9', household_type: '2' }))).toEqual([
      'person-twice',
    ])
    const two = [census({ persons_present: '2' }), census({ ...WIFE, relation: '1', persons_present: '3' })]
    expect(audit(...two).sort()).toEqual(['counts', 'counts-differ'])
  })

  test('a mother of fifty-six years is a soft question', () => {
    const head = census({ sex: '2', birth_month: '194001', id_number: '' })
    const child = census({ ...WIFE, id_number: '', birth_month: '199801', relation: '2' })
    expect(audit(head, child)).toEqual(['child-too-young'])
  })
})

describe('two lists of households', () => {
  const member = (fields: Partial<ListedMember> & { key: string }): ListedMember => ({
    household: '1',
    name: '王建国',
    idNumber: '513027199803150015',
    sex: '男',
    birth: '1998-03-15',
    relation: '户主',
    ...fields,
  })
  const wife = (fields: Partial<ListedMember> & { key: string }): ListedMember =>
    member({ name: '赵玉兰', idNumber: '513027199803150023', sex: '女', relation: '配偶', ...fields })

  test('equal lists differ in nothing', () =>
    expect(
      diffHouseholds([member({ key: 'a' }), wife({ key: 'b' })], [wife({ key: 'x' }), member({ key: 'y' })]),
    ).toEqual({
      households: [],
      counts: { same: 2, onlyLeft: 0, onlyRight: 0, differing: 0 },
    }))

  test('a member on one list only, and one with another name', () => {
    const [a, b, x, y] = [
      member({ key: 'a' }),
      wife({ key: 'b' }),
      member({ key: 'x', name: '王建军' }),
      wife({ key: 'y', idNumber: '', name: '周小兰', birth: '2001-01', household: '2' }),
    ]
    const { households, counts } = diffHouseholds([a, b], [x, y])
    expect(counts).toEqual({ same: 0, onlyLeft: 1, onlyRight: 1, differing: 1 })
    expect(households).toEqual([
      {
        household: '1',
        status: 'both',
        members: [
          { kind: 'differing', left: a, right: x, items: ['name'] },
          { kind: 'only-left', left: b },
        ],
      },
      { household: '2', status: 'only-right', members: [{ kind: 'only-right', right: y }] },
    ])
  })

  test('a list held against itself differs in nothing, though two of a household say the same in everything', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((key) => member({ key, idNumber: '' }))
    const list = [a, b]
    expect(diffHouseholds(list, list).counts).toEqual({ same: 2, onlyLeft: 0, onlyRight: 0, differing: 0 })
    expect(diffHouseholds([b, a], [c]).households[0].members).toEqual([{ kind: 'only-left', left: b }])
  })

  test('a month agrees with a day of that month, and a blank with anything', () => {
    const right = member({ key: 'x', birth: '1998-03', relation: '', sex: '' })
    expect(diffHouseholds([member({ key: 'a' })], [right]).counts.same).toBe(1)
  })

  test('somebody listed in another household is told as moved, not as two people', () => {
    const [a, x] = [member({ key: 'a' }), member({ key: 'x', household: '7' })]
    expect(diffHouseholds([a], [x]).households[0].members).toEqual([
      { kind: 'differing', left: a, right: x, items: ['household'] },
    ])
  })

  test('two people of one name and other numbers and births stay two', () => {
    const other = member({ key: 'x', idNumber: '513027199506010016', birth: '1995-06-01' })
    expect(diffHouseholds([member({ key: 'a' })], [other]).counts).toEqual({
      same: 0,
      onlyLeft: 1,
      onlyRight: 1,
      differing: 0,
    })
  })

  test('every member is told exactly once, in any order of rows, and both ways round alike', () => {
    const anyMember = fc.record({
      household: fc.constantFrom('1', '2', '3'),
      name: fc.constantFrom('王建国', '赵玉兰', '王建军', ''),
      idNumber: fc.constantFrom('', '513027199803150015', '513027199803150023'),
      sex: fc.constantFrom('男', '女', ''),
      birth: fc.constantFrom('1998-03-15', '1998-03', '1995-06-01', ''),
      relation: fc.constantFrom('户主', '配偶', ''),
    })
    const list = fc.array(anyMember, { maxLength: 8 }).map((members) => members.map((m, k) => ({ ...m, key: `k${k}` })))
    fc.assert(
      fc.property(list, list, (left, right) => {
        const { counts } = diffHouseholds(left, right)
        expect(counts.same + counts.differing + counts.onlyLeft).toBe(left.length)
        expect(counts.same + counts.differing + counts.onlyRight).toBe(right.length)
        const back = diffHouseholds(right, left).counts
        expect(back).toEqual({ ...counts, onlyLeft: counts.onlyRight, onlyRight: counts.onlyLeft })
        expect(diffHouseholds([...left].reverse(), [...right].reverse())).toEqual(diffHouseholds(left, right))
      }),
      { numRuns: 200 },
    )
  })
})
