/**
 * The balance sheet (docs/balance.md): headline numbers with their definitions, the identities between them, townships,
 * flows, completeness.
 *
 * In:  the finding context. Out: the sheet. The left side of each identity is counted on another road than the right:
 * people on the police register against rows, people's counts against kinds of rows. An identity that does not hold
 * means that the program has miscounted; a check that does not hold is a fact about the county. Both are said.
 */
import { CENSUS, POLICE } from '../../registers/columns.ts'
import { contributionOfRow, countOfPerson } from '../count.ts'
import { type FindingContext, Ground, STANDING } from '../ground.ts'
import { type Completeness, measureCompleteness } from './completeness.ts'
import { type Flows, measureFlows } from './flows.ts'
import { HEADLINES, type Headline, headline } from './headlines.ts'
import { HUKOU_TERM, type HukouTerms, hukouTerms } from './hukou-terms.ts'
import { kindOfRow, ROW_KIND, ROW_KINDS, type RowKind } from './row-kinds.ts'
import { Townships } from './townships.ts'

interface Term {
  readonly zh: string
  readonly en: string
  /** Signed as it enters the sum. */
  readonly value: number
}

export interface Identity {
  readonly name: string
  readonly zh: string
  readonly left: number
  readonly right: number
  readonly difference: number
  readonly holds: boolean
  /** The right side, term by term. */
  readonly terms: readonly Term[]
}

interface TownshipLine {
  /** 9 digits; '' for rows and people whose township is not known. */
  readonly township: string
  /** People with an active hukou here. */
  readonly hukouPeople: number
  /** Of them on no row anywhere (户籍漏登). */
  readonly missing: number
  /** Rows by kind, ROW_KINDS order. */
  readonly kinds: readonly number[]
  readonly registered: number
  readonly residents: number
}

export interface BalanceSheet {
  readonly headlines: readonly Headline[]
  readonly identities: readonly Identity[]
  /** Equalities that a perfect census would show: where they fail, the county has work to do. */
  readonly checks: readonly Identity[]
  readonly townships: readonly TownshipLine[]
  readonly flows: Flows
  readonly completeness: readonly Completeness[]
  /** Identities that were not made, and the register they need. */
  readonly notMade: readonly { readonly name: string; readonly needs: string }[]
}

export function balanceSheet(context: FindingContext): BalanceSheet {
  const ground = new Ground(context)
  const townships = new Townships(ground.table)
  const hasPolice = ground.given[POLICE]
  const hasCensus = ground.given[CENSUS]
  const people = countPeople(ground)
  const kinds = ROW_KINDS.map(() => 0)
  const terms = hukouTerms(ground, townships)
  const lines = townshipLines(ground, townships, terms)
  for (const line of lines) line.kinds.forEach((n, k) => (kinds[k] += n))
  const flows = measureFlows(ground, townships)
  const numbers = {
    hukouRows: countActiveRows(ground),
    hukouPeople: people.hukou,
    missing: terms.people[HUKOU_TERM.missing],
    registeredRows: hasCensus ? ground.table.starts[CENSUS + 1] - ground.table.starts[CENSUS] : 0,
    registeredPeople: people.registered,
    residents: people.counted,
    residentPeople: people.residents,
  }
  return {
    headlines: HEADLINES.filter(({ needs }) => (needs === 'police' ? hasPolice : hasCensus)).map((spec) =>
      headline(spec, numbers[spec.name]),
    ),
    identities: [
      ...(hasPolice && hasCensus ? [hukouIdentity(people.hukou, kinds, terms)] : []),
      ...(hasCensus ? censusIdentities(numbers, people, kinds, lines) : []),
    ],
    checks: hasCensus ? [flowCheck(flows), countCheck(people)] : [],
    townships: lines,
    flows,
    completeness: measureCompleteness(ground, hasCensus ? people.counted : people.hukou),
    notMade: hasPolice && hasCensus ? [] : [{ name: 'hukou', needs: hasPolice ? 'census' : 'police' }],
  }
}

interface PeopleCounts {
  /** With an active police row here, found from the police register alone. */
  readonly hukou: number
  /** With a census row. */
  readonly registered: number
  readonly surplusRows: number
  /** Sum of the count function over people. */
  readonly counted: number
  /** Counted at least once. */
  readonly residents: number
  /** Times counted beyond the first. */
  readonly countedAgain: number
  readonly notCounted: number
}

function countPeople(ground: Ground): PeopleCounts {
  const { table, people, standing, places, given } = ground
  const { area } = table.columns
  const hasHukou = new Uint8Array(people.count)
  for (let row = 0; given[POLICE] && row < table.starts[POLICE + 1]; row++)
    if (standing[row] === STANDING.active && (area[row] === 0 || places.loaded[area[row]] === 1))
      hasHukou[people.personOf[row]] = 1
  const rowsOf = new Int32Array(people.count)
  if (given[CENSUS])
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) rowsOf[people.personOf[row]]++
  const sum = { hukou: 0, registered: 0, surplusRows: 0, counted: 0, residents: 0, countedAgain: 0, notCounted: 0 }
  for (let person = 0; person < people.count; person++) {
    sum.hukou += hasHukou[person]
    if (rowsOf[person] === 0) continue
    sum.registered++
    sum.surplusRows += rowsOf[person] - 1
    const count = countOfPerson(table, people, person)
    sum.counted += count
    if (count === 0) sum.notCounted++
    else {
      sum.residents++
      sum.countedAgain += count - 1
    }
  }
  return sum
}

function countActiveRows(ground: Ground): number {
  const { table, standing, places } = ground
  const { area } = table.columns
  let rows = 0
  for (let row = 0; row < standing.length; row++)
    if (standing[row] === STANDING.active && (area[row] === 0 || places.loaded[area[row]] === 1)) rows++
  return rows
}

function townshipLines(ground: Ground, townships: Townships, terms: HukouTerms): readonly TownshipLine[] {
  const { table, given, people } = ground
  const { area, residence, hukouPlace, awayDuration } = table.columns
  const lines = townships.codes.map((township) => ({
    township,
    hukouPeople: 0,
    missing: 0,
    kinds: ROW_KINDS.map(() => 0),
    registered: 0,
    residents: 0,
  }))
  for (let row = table.starts[CENSUS]; given[CENSUS] && row < table.starts[CENSUS + 1]; row++) {
    const line = lines[townships.of(area[row])]
    const answers = { residence: residence[row], hukouPlace: hukouPlace[row], awayDuration: awayDuration[row] }
    line.kinds[kindOfRow(answers)]++
    line.registered++
    line.residents += contributionOfRow(table, row)
  }
  for (let person = 0; person < people.count; person++) {
    if (terms.termOf[person] === HUKOU_TERM.none) continue
    const line = lines[terms.townshipOf[person]]
    line.hukouPeople++
    if (terms.termOf[person] === HUKOU_TERM.missing) line.missing++
  }
  return lines.filter((line) => line.township !== '' || line.registered + line.hukouPeople > 0)
}

/** 户籍人口 = Rh + all A + 户籍漏登, with everything else that stands between a register and the forms. */
function hukouIdentity(hukou: number, kinds: readonly number[], { people, ...rows }: HukouTerms): Identity {
  return identity('hukou', '户籍人口 = 本地常住 + 外出 + 户籍漏登(及订正项)', hukou, [
    ...kindTerms(kinds, ({ side }) => side === 'hukou'),
    term('户籍漏登', 'on no row anywhere', people[HUKOU_TERM.missing]),
    term('户口地未列、他处已登', 'registered elsewhere only', people[HUKOU_TERM.elsewhere]),
    term(
      '在户口村居登记、户口地另填',
      'present at the hukou, other place answered',
      people[HUKOU_TERM.answeredOtherwise],
    ),
    term('仅在死亡表', 'on a death form only', people[HUKOU_TERM.deathForm]),
    term('已死亡未销户、未列', 'dead by certificate, not listed', people[HUKOU_TERM.dead]),
    term('标准时点后出生、未列', 'born after the reference time, not listed', people[HUKOU_TERM.bornAfter]),
    term(
      '减：无本地有效户口者的户口地行',
      'less hukou-side rows of people without a hukou here',
      -rows.rowsWithoutHukou,
    ),
    term('减：同一人多余的户口地行', 'less hukou-side rows beyond the first of a person', -rows.surplusRows),
  ])
}

function censusIdentities(
  numbers: { readonly registeredRows: number; readonly residents: number },
  people: PeopleCounts,
  kinds: readonly number[],
  lines: readonly TownshipLine[],
): readonly Identity[] {
  const { registeredRows, residents } = numbers
  return [
    identity(
      'registered',
      '登记人口 = 本地常住 + 流入 + 外出 + 户口待定(+ 未填)',
      registeredRows,
      kindTerms(kinds, () => true),
    ),
    identity(
      'residents',
      '常住人口 = 本地常住 + 本乡镇内 + 流入半年以上 + 外出不满半年 + 境外 + 户口待定',
      residents,
      kindTerms(kinds, ({ isResident }) => isResident),
    ),
    identity(
      'not-resident',
      '登记人口 − 常住人口 = 流入不满半年 + 外出半年以上 + 外出本乡镇内(+ 未填)',
      registeredRows - residents,
      kindTerms(kinds, ({ isResident }) => !isResident),
    ),
    identity('people', '登记人口(行) = 登记的人 + 同一人的其他行', registeredRows, [
      term('登记的人', 'people with a row', people.registered),
      term('同一人的其他行', 'rows beyond the first of a person', people.surplusRows),
    ]),
    identity('counted', '常住人口(行) = 计入的人 + 重复计入', residents, [
      term('计入的人', 'people counted at least once', people.residents),
      term('重复计入', 'times counted beyond the first', people.countedAgain),
    ]),
    identity('townships', '常住人口 = 各乡镇之和', residents, [
      term(
        '各乡镇之和',
        'sum of the townships',
        lines.reduce((sum, line) => sum + line.residents, 0),
      ),
    ]),
  ]
}

/** Both sides of every move inside the loaded area should be written. */
function flowCheck(flows: Flows): Identity {
  return identity('flows', '县内跨乡镇：户口地列出的外出 = 现住地登记的流入', flows.away, [
    term('两边相符', 'both sides name the same two townships', flows.pairs),
    term('流入无对应外出', 'present rows without their away row', flows.present - flows.pairs),
  ])
}

/** Everybody with a row here should count once. Somebody away for long outside the area rightly does not. */
function countCheck(people: PeopleCounts): Identity {
  return identity('once', '常住人口(行) = 计入的人(无人重复计入)', people.counted, [
    term('计入的人', 'people counted at least once', people.residents),
  ])
}

function kindTerms(kinds: readonly number[], wanted: (kind: (typeof ROW_KINDS)[number]) => boolean): readonly Term[] {
  return ROW_KINDS.filter(wanted).map((kind) => term(kind.zh, kind.en, kinds[ROW_KIND[kind.name as RowKind]]))
}

function term(zh: string, en: string, value: number): Term {
  return { zh, en, value }
}

function identity(name: string, zh: string, left: number, terms: readonly Term[]): Identity {
  const right = terms.reduce((sum, { value }) => sum + value, 0)
  return { name, zh, left, right, difference: left - right, holds: left === right, terms }
}

/** The identities as a run's summary keeps them. Checks of the county's work are left to the sheet. */
export function toBalances(
  sheet: BalanceSheet,
): readonly { readonly name: string; readonly zh: string; readonly left: number; readonly right: number }[] {
  return sheet.identities.map(({ name, zh, left, right }) => ({ name, zh, left, right }))
}
