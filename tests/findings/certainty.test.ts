/** Certainty, lineage, registers not given, and what a sentence may hold. */
import { questionOf } from '../../src/store/finding-question.ts'
import { expect, test } from 'vitest'
import { ATTACHMENT } from '../../src/linking/people.ts'
import { detectAdministrativeFindings, detectFindings, findingsNotMade } from '../../src/findings/index.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, check, death, detect, form, NUMBER, police, say, T0, V2, visitor } from './check.ts'

const asOf = Object.fromEntries(REGISTERS.map((register) => [register, T0])) as Record<RegisterName, number>
const settings = { referenceDate: T0, asOf, graceDays: 30 }

function certaintyOf(
  rows: readonly RowText[],
  code: string,
  probable: readonly RowText[] = [],
  review: readonly RowText[] = [],
) {
  const built = buildTable(rows)
  const attachment = built.people.attachment.slice()
  for (const row of probable) attachment[built.rowOf(`${row.register}:${row.id}`)] = ATTACHMENT.probable
  const reviewRows = new Uint8Array(rows.length)
  for (const row of review) reviewRows[built.rowOf(`${row.register}:${row.id}`)] = 1
  const list = detectFindings({
    table: built.table,
    people: { ...built.people, attachment },
    given: new Set(REGISTERS),
    settings,
    reviewRows,
  })
  const found: { certainty: string; detail: string }[] = []
  list.forEach((finding) => {
    if (finding.code === code) found.push({ certainty: finding.certainty, detail: finding.detail })
  })
  expect(found).toHaveLength(1)
  return found[0]
}

test('a finding on certain links is certain', () => {
  expect(certaintyOf([police(), census(), visitor()], 'present-twice').certainty).toBe('certain')
})

test('an S1 finding on a probable link says so, in word and in the sentence', () => {
  const here = census()
  const found = certaintyOf([police(), here, visitor()], 'present-twice', [here])
  expect(found.certainty).toBe('probable')
  // The desk and the answers know the question apart from this mark, and as earlier versions wrote it.
  const unmarked = found.detail.replace('(链接待确认)', '')
  expect(unmarked).toContain('现住：')
  for (const written of [found.detail, unmarked, unmarked.replace('：', ':')])
    expect(questionOf(written)).toBe(unmarked.replace('：', ':'))
  expect(found.detail).toContain('链接待确认')
})

test('a finding that rests on a link to a row it does not fall on is no surer than that link', () => {
  const file = police()
  const here = census({ hukou_place: '4', hukou_area_code: '513999', away_duration: '4' })
  expect(certaintyOf([file, here], 'hukou-claim-mismatch', [file]).certainty).toBe('probable')
})

test('an absence is open while a pair is in review, and not said while the likely partner waits', () => {
  const file = police()
  expect(certaintyOf([file], 'missing-everywhere').certainty).toBe('certain')
  expect(certaintyOf([file], 'missing-everywhere', [], [file]).certainty).toBe('review')
  expect(detect([file], { likelyKeys: [`police:${file.id}`] }).list.count).toBe(0)
})

test('a household with a member whose likely partner waits is not missing as a whole', () => {
  const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '12' }
  const [one, two] = [police(), police(wife)]
  check([one, two], [['whole-household-missing', 'S1', one, two]])
  check([one, two], [['missing-everywhere', 'S1', one]], { likelyKeys: [`police:${two.id}`] })
})

test('what one row says by itself is certain whatever its links', () => {
  const here = census({ id_number: '' })
  expect(certaintyOf([police(), here], 'id-missing', [here], [here]).certainty).toBe('certain')
})

test('a finding on a police row is adm, on a census row cen', () => {
  const lineages = new Map<string, string>()
  const file = police({ id_number: '' })
  const here = census({ id_number: '' })
  const { list, built } = detect([file, here, death({ death_date: '20180101', area_code: '' })])
  list.forEach((f) => lineages.set(`${f.code} ${built.keyOf(f.rows[0]).split(':')[0]}`, f.lineage))
  expect(lineages.get('id-missing police')).toBe('adm')
  expect(lineages.get('id-missing census')).toBe('cen')
  expect(lineages.get('dead-not-cancelled police')).toBe('adm')
  expect(lineages.get('counted-dead census')).toBe('cen')
})

test('administrative findings are made without looking at a census row', () => {
  const rows = [police(), census({ id_number: '' }), visitor(), form(), death({ death_date: '20180101' })]
  const built = buildTable(rows)
  const list = detectAdministrativeFindings({
    table: built.table,
    people: built.people,
    given: new Set(REGISTERS),
    settings,
  })
  const codes = Array.from(list.countByCode().keys())
  expect(codes).toEqual(['dead-not-cancelled'])
  list.forEach((finding) => expect(finding.lineage).toBe('adm'))
})

test('without a register its findings are not made, and the summary can say which', () => {
  const given: RegisterName[] = ['census', 'census_deaths', 'births', 'deaths']
  expect(say([census(), visitor()], { given })).toEqual([expect.stringContaining('present-twice')])
  expect(say([census()], { given })).toEqual([])
  const notMade = findingsNotMade(new Set(given))
  expect(notMade.map(({ code }) => code)).toContain('missing-everywhere')
  expect(notMade.map(({ code }) => code)).not.toContain('present-twice')
  for (const { missing, why } of notMade) {
    expect(missing).toEqual(['police'])
    expect(why).toContain('police')
  }
})

test('rows of a register that was not given are not looked at', () => {
  expect(say([police(), census()], { given: ['police'] })).toEqual([])
  expect(say([police()], { given: ['census'] })).toEqual([])
})

test('no sentence holds a name or a number of a person', () => {
  const rows = [
    police({ area_code: V2 }),
    police(),
    census(),
    away({ away_duration: '2' }),
    visitor({ name: '王建军', birth_month: '199804' }),
    form(),
    death(),
  ]
  const { list } = detect(rows)
  expect(list.count).toBeGreaterThanOrEqual(5)
  list.forEach(({ detail }) => {
    expect(detail).toMatch(/。(\(.*\))?$/)
    for (const personal of [NUMBER, '王建国', '王建军', '李秀英']) expect(detail).not.toContain(personal)
  })
})
