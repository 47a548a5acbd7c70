/**
 * A run.sqlite with invented households and pairs to review, for the tests and the bench of the review desk.
 *
 * In:  how many pairs, a seed. Out: a run directory. Numbers carry area code 513027 (abolished 1993) with births after
 *      1993, so that no number in it was ever issued. Every household has two linked members and one or two questions:
 *      a digit off, a missing number, several candidates, twins, a row counted twice.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Explanation, ExplanationRow } from '../../src/matching/explanation.ts'
import { RUN_INDICES, RUN_SCHEMA, RUN_SCHEMA_VERSION } from '../../src/store/schema.ts'
import { insertSources, packRow } from '../../src/store/source-columns.ts'
import { randomOf } from './random.ts'
import { everyRegister } from './sources.ts'
import { checkDigit } from '../../src/normalise/id-number.ts'

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗')
const GIVEN = Array.from('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉力')
const LIKE: Readonly<Record<string, string>> = {
  静: '晶',
  丽: '莉',
  军: '君',
  华: '花',
  玲: '铃',
  明: '名',
  辉: '晖',
  英: '瑛',
}

const SOURCES = everyRegister()

export interface MadeRun {
  readonly directory: string
  readonly pairs: number
}

interface Someone {
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly id: string
  readonly mother: string
}

interface MadeRunOptions {
  readonly seed?: number
  /** Given to everybody in turn (hostile ones for the tests of escaping). */
  readonly names?: readonly string[]
  /** How many members of a household there are questions about (default: 1). */
  readonly askedPerHousehold?: number
}

export function makeRunDatabase(directory: string, pairsWanted: number, options: MadeRunOptions = {}): MadeRun {
  mkdirSync(directory, { recursive: true })
  const database = new Database(join(directory, 'run.sqlite'))
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma(`user_version = ${RUN_SCHEMA_VERSION}`)
  database.exec(RUN_SCHEMA)
  insertSources(database, SOURCES)
  database.exec('BEGIN')
  const setting = database.prepare('INSERT INTO run VALUES (?, ?)')
  setting.run('reference_date', '2020-11-01')
  setting.run('seed', String(options.seed ?? 1))
  const maker = new RunMaker(database, pairsWanted, options)
  for (let h = 0; maker.pairs < pairsWanted; h++) maker.addHousehold(h)
  database.exec('COMMIT')
  database.exec(RUN_INDICES)
  database.close()
  return { directory, pairs: maker.pairs }
}

/** Where a household lives, and what the two registers call it. */
interface Home {
  readonly number: string
  readonly listNumber: string
  readonly area: string
  readonly block: string
  readonly police: string
  readonly census: string
  readonly address: string
}

class RunMaker {
  /** Pairs made so far. */
  pairs = 0
  private readonly random: () => number
  private readonly wanted: number
  private readonly options: MadeRunOptions
  private readonly insert: Readonly<
    Record<'record' | 'household' | 'pair' | 'finding' | 'findingRecord', Database.Statement>
  >
  private readonly made = { police: 0, census: 0, people: 0, names: 0 }
  private sequence = 0

  constructor(database: Database.Database, wanted: number, options: MadeRunOptions) {
    this.random = randomOf(options.seed ?? 1)
    this.wanted = wanted
    this.options = options
    this.insert = {
      record: database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      household: database.prepare('INSERT INTO household VALUES (?, ?, ?, ?, ?, ?)'),
      pair: database.prepare('INSERT INTO review_pair VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
      finding: database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
      findingRecord: database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)'),
    }
  }

  /** Parents who are one person for certain, and children who are asked about; each third household has a finding. */
  addHousehold(h: number): void {
    const surname = this.pick(SURNAMES)
    const home = this.homeOf(h)
    this.addParents(home, surname)
    const siblings = this.addSiblings(home, surname)
    const [left, right] = this.addAsked(home, surname, h)
    const members = 2 + siblings + 1
    this.insert.household.run(home.police, 'police', home.area, '', home.number, members)
    this.insert.household.run(home.census, 'census', home.area, home.block, home.listNumber, members)
    if (h % 3 === 0) this.addFinding(h, home.area, [left, right])
  }

  private readonly pick = <T>(from: readonly T[]): T => from[Math.floor(this.random() * from.length)]

  private homeOf(h: number): Home {
    const area = `513027${String(101 + (h % 24))}${String(201 + (Math.floor(h / 24) % 12))}`
    const block = `${area}${String(1 + (h % 9)).padStart(3, '0')}`
    const number = String(h + 1)
    const listNumber = number.padStart(5, '0')
    return {
      number,
      listNumber,
      area,
      block,
      police: `police:${area}/${number}`,
      census: `census:${block}/${listNumber}`,
      address: this.addressOf(h),
    }
  }

  private addressOf(h: number): string {
    const township = 1 + (h % 24)
    const town = `${SURNAMES[township % SURNAMES.length]}家${township < SURNAMES.length ? '镇' : '乡'}`
    return `${town}${this.pick(['东风', '和平', '新桥', '双河', '石门'])}村${1 + (h % 12)}组${1 + (h % 90)}号`
  }

  private addParents(home: Home, surname: string): void {
    for (const [relation, code, as] of [
      ['户主', '0', 'husband'],
      ['妻', '1', 'wife'],
    ] as const) {
      const someone = this.newPerson(as === 'wife' ? this.pick(SURNAMES) : surname, as)
      const personId = this.newPersonId()
      this.policeRow(home, someone, relation, personId)
      this.censusRow(home, someone, code, personId)
    }
  }

  /** Children beside the one of each household who is asked about; returns how many. */
  private addSiblings(home: Home, surname: string): number {
    let added = 0
    while (added + 1 < (this.options.askedPerHousehold ?? 1) && this.pairs < this.wanted - 1) {
      const another = this.newPerson(surname)
      const one = this.policeRow(home, another, childOf(another))
      const other = this.censusRow(home, { ...another, id: '' }, '2')
      this.addPair(home, one, other, { rows: rowsOf(1, 0), reason: REASONS[1], impact: 2 })
      added++
    }
    return added
  }

  private addAsked(home: Home, surname: string, h: number): readonly [left: string, right: string] {
    const asked = this.newPerson(surname)
    const kind = h % 6
    const impact = 1 + (h % 4)
    const left = this.policeRow(home, asked, childOf(asked))
    const right = this.censusRow(home, observed(asked, kind, this.pick), '2')
    const jitter = Math.floor(this.random() * 1800) - 900
    this.addPair(home, left, right, { rows: rowsOf(kind, jitter), reason: REASONS[kind], impact })
    if (kind === 2 && this.pairs < this.wanted) {
      // A sibling of nearly the same name: a second candidate for the same census row.
      const child = this.newPerson(surname)
      const sibling = { ...child, name: `${asked.name.slice(0, -1)}${this.pick(GIVEN)}`, sex: asked.sex }
      const other = this.policeRow(home, sibling, childOf(sibling))
      this.addPair(home, other, right, { rows: rowsOf(4, jitter), reason: 'ambiguous', impact })
    }
    if (kind === 5 && this.pairs < this.wanted) {
      const again = this.censusRow(home, asked, '2')
      this.addPair(home, right, again, { rows: rowsOf(0, jitter), reason: 'two-numbers', impact: 2 })
    }
    return [left, right]
  }

  /** Parents of 21 and more, and children whom they may have: only births after 1993 have numbers that were never issued. */
  private newPerson(surname: string, as: 'husband' | 'wife' | 'child' = 'child'): Someone {
    const { random, pick } = this
    const drawn = random() < 0.5 ? '1' : '2'
    const sex = as === 'child' ? drawn : as === 'wife' ? '2' : '1'
    const birth = `${(as === 'child' ? 2017 : 1994) + Math.floor(random() * 3)}${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`
    const { names } = this.options
    const forced = names?.[this.made.names++ % names.length]
    this.sequence = (this.sequence + 7) % 490
    const digits = `513027${birth}${String(this.sequence * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')}`
    return {
      name: forced ?? surname + pick(GIVEN) + (random() < 0.7 ? pick(GIVEN) : ''),
      sex,
      birth,
      id: digits + checkDigit(digits),
      mother: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
    }
  }

  private newPersonId(): string {
    return `PX${String(++this.made.people).padStart(8, '0')}`
  }

  private policeRow(home: Home, someone: Someone, relation: string, personId = this.newPersonId()): string {
    return this.addRecord('police', home, personId, {
      id_number: someone.id,
      name: someone.name,
      sex: someone.sex,
      ethnicity: '汉族',
      birth_date: someone.birth,
      household_no: home.number,
      relation,
      area_code: home.area,
      address: home.address,
      mother_name: someone.mother,
      status: '0',
    })
  }

  private censusRow(home: Home, someone: Someone, relation: string, personId = this.newPersonId()): string {
    return this.addRecord('census', home, personId, {
      block_code: home.block,
      household_no: home.listNumber,
      name: someone.name,
      relation,
      id_number: someone.id,
      sex: someone.sex,
      birth_month: someone.birth.slice(0, 6),
      ethnicity: '汉',
      residence: '1',
      hukou_place: '1',
      address: home.address.replace('组', '社'),
    })
  }

  /** Returns the key of the record. */
  private addRecord(
    register: 'police' | 'census',
    home: Home,
    personId: string,
    raw: Readonly<Record<string, string>>,
  ): string {
    const recordId = `${register === 'police' ? 'P' : 'C'}${String(++this.made[register]).padStart(7, '0')}`
    const key = `${register}:${recordId}`
    const block = register === 'census' ? home.block : ''
    const text = packRow(SOURCES.find((line) => line.register === register)!, raw)
    this.insert.record.run(key, register, recordId, personId, home[register], home.area, block, text, fingerprint(text))
    return key
  }

  private addPair(
    { area }: Home,
    left: string,
    right: string,
    { rows, reason, impact }: { rows: readonly ExplanationRow[]; reason: string; impact: number },
  ): void {
    const prior = -17_250
    const total = rows.reduce((sum, row) => sum + row.weight, prior)
    const probability = 1 / (1 + 2 ** (-total / 1000))
    const explanation: Explanation = {
      left,
      right,
      prior,
      rows,
      total,
      probability,
      decision: 'review',
      layer: 'review',
      sentence: '需人工核对。',
    }
    const key = `${left}|${right}`
    this.insert.pair.run(key, left, right, total, probability, reason, area, impact, JSON.stringify(explanation))
    this.pairs++
  }

  private addFinding(h: number, area: string, records: readonly string[]): void {
    const id = `F${String(h).padStart(8, '0')}`
    const code = ['missing-at-residence', 'duplicate-same-place', 'residence-claim-mismatch'][(h / 3) % 3]
    const severity = h % 2 === 0 ? 'S1' : 'S2'
    this.insert.finding.run(id, code, severity, 'cen', 'probable', '', area, '户籍与普查所载不一致，需核实。')
    records.forEach((key, at) => this.insert.findingRecord.run(id, at, key))
  }
}

/** As the enumerator wrote it: 0 a digit off, 1 no number, 2 homophone, 3 two digits swapped, 4 another name, 5 as it is. */
function observed(someone: Someone, kind: number, pick: <T>(from: readonly T[]) => T): Someone {
  switch (kind) {
    case 0: {
      const wrong = String((Number(someone.id[16]) + 3) % 10)
      return { ...someone, id: someone.id.slice(0, 16) + wrong + someone.id[17] }
    }
    case 1:
      return { ...someone, id: '' }
    case 2:
      return {
        ...someone,
        id: '',
        name: Array.from(someone.name, (character, i) => (i > 0 ? (LIKE[character] ?? character) : character)).join(''),
      }
    case 3: {
      const id = Array.from(someone.id)
      ;[id[14], id[15]] = [id[15], id[14]]
      return { ...someone, id: id.join('') }
    }
    case 4:
      return { ...someone, name: someone.name.slice(0, 1) + pick(GIVEN), id: '' }
    default:
      return someone
  }
}

const REASONS = ['weight', 'weight', 'ambiguous', 'weight', 'twin-suspect', 'two-numbers'] as const

type Evidence = readonly [comparison: string, zh: string, level: number, en: string, sentence: string, weight: number]

const NAME_SAME: Evidence = ['name', '姓名', 1, 'same name', '姓名相同', 10_420]
const BIRTH_SAME: Evidence = ['birth', '出生', 2, 'same month', '出生年月相同', 6_310]
const SEX_SAME: Evidence = ['sex', '性别', 1, 'same sex', '性别相同', 985]
const PLACE_SAME: Evidence = ['place', '户籍地', 1, 'hukou village as claimed', '户籍村居一致', 4_115]

const PATTERNS: readonly (readonly Evidence[])[] = [
  [
    NAME_SAME,
    BIRTH_SAME,
    ['id', '证件号', 3, 'one digit differs, a check fails', '证件号差一位，校验不符', 3_207],
    SEX_SAME,
    PLACE_SAME,
  ],
  [NAME_SAME, BIRTH_SAME, ['id', '证件号', 0, 'no number to compare', '证件号无从比较', 0], SEX_SAME, PLACE_SAME],
  [
    ['name', '姓名', 3, 'same sound, other characters', '姓名音同字不同', 5_930],
    BIRTH_SAME,
    ['id', '证件号', 0, 'no number to compare', '证件号无从比较', 0],
    SEX_SAME,
    PLACE_SAME,
  ],
  [
    NAME_SAME,
    BIRTH_SAME,
    ['id', '证件号', 4, 'two digits swapped, a check fails', '证件号两位颠倒，校验不符', 2_804],
    SEX_SAME,
    PLACE_SAME,
  ],
  [
    ['name', '姓名', 10, 'same surname only', '仅姓相同', -2_260],
    BIRTH_SAME,
    ['id', '证件号', 0, 'no number to compare', '证件号无从比较', 0],
    SEX_SAME,
    PLACE_SAME,
  ],
  [
    NAME_SAME,
    BIRTH_SAME,
    ['id', '证件号', 1, 'same valid number', '证件号相同且校验正确', 2_110],
    SEX_SAME,
    ['place', '户籍地', 6, 'another county', '不同县', -1_930],
  ],
]

function rowsOf(kind: number, jitter: number): readonly ExplanationRow[] {
  return PATTERNS[kind].map(([comparison, zh, level, en, sentence, weight]) => ({
    comparison,
    zh,
    left: '',
    right: '',
    level,
    en,
    sentence,
    weight: comparison === 'name' ? weight - 4000 + jitter : weight,
  }))
}

/** What the police call a child of the head. */
function childOf({ sex }: Someone): string {
  return sex === '1' ? '子' : '女'
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

function fingerprint(text: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h >>> 0).toString(16).padStart(16, '0')
}
