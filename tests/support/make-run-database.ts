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

/**
 * @param options.askedPerHousehold how many members of a household there are questions about (default: 1)
 * @param options.names given to everybody in turn (hostile ones for the tests of escaping)
 */
export function makeRunDatabase(
  directory: string,
  pairsWanted: number,
  options: { readonly seed?: number; readonly names?: readonly string[]; readonly askedPerHousehold?: number } = {},
): MadeRun {
  mkdirSync(directory, { recursive: true })
  const database = new Database(join(directory, 'run.sqlite'))
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma(`user_version = ${RUN_SCHEMA_VERSION}`)
  database.exec(RUN_SCHEMA)
  insertSources(database, SOURCES)
  database.exec('BEGIN')
  const random = randomOf(options.seed ?? 1)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]
  const insertRecord = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertHousehold = database.prepare('INSERT INTO household VALUES (?, ?, ?, ?, ?, ?)')
  const insertPair = database.prepare('INSERT INTO review_pair VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const insertFinding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const insertFindingRecord = database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)')
  database.prepare('INSERT INTO run VALUES (?, ?)').run('reference_date', '2020-11-01')
  database.prepare('INSERT INTO run VALUES (?, ?)').run('seed', String(options.seed ?? 1))

  let made = 0
  let police = 0
  let census = 0
  let person = 0
  let sequence = 0
  let dealt = 0

  /** Parents of 21 and more, and children whom they may have: only births after 1993 have numbers that were never issued. */
  const newPerson = (surname: string, as: 'husband' | 'wife' | 'child' = 'child'): Someone => {
    const drawn = random() < 0.5 ? '1' : '2'
    const sex = as === 'child' ? drawn : as === 'wife' ? '2' : '1'
    const birth = `${(as === 'child' ? 2017 : 1994) + Math.floor(random() * 3)}${two(1 + Math.floor(random() * 12))}${two(1 + Math.floor(random() * 28))}`
    const { names } = options
    const forced = names?.[dealt++ % names.length]
    sequence = (sequence + 7) % 490
    const digits = `513027${birth}${String(sequence * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')}`
    return {
      name: forced ?? surname + pick(GIVEN) + (random() < 0.7 ? pick(GIVEN) : ''),
      sex,
      birth,
      id: digits + checkDigit(digits),
      mother: pick(SURNAMES) + pick(GIVEN) + pick(GIVEN),
    }
  }

  for (let h = 0; made < pairsWanted; h++) {
    const township = 1 + (h % 24)
    const village = 1 + (Math.floor(h / 24) % 12)
    const area = `513027${String(100 + township)}${String(200 + village)}`
    const block = `${area}${String(1 + (h % 9)).padStart(3, '0')}`
    const policeHousehold = `police:${area}/${h + 1}`
    const censusHousehold = `census:${block}/${String(h + 1).padStart(5, '0')}`
    const surname = pick(SURNAMES)
    const place = `${SURNAMES[township % SURNAMES.length]}家${township < SURNAMES.length ? '镇' : '乡'}${pick(['东风', '和平', '新桥', '双河', '石门'])}村${1 + (h % 12)}组${1 + (h % 90)}号`
    let members = 0

    const policeRow = (someone: Someone, relation: string, personId: string): string => {
      const recordId = `P${String(++police).padStart(7, '0')}`
      const raw = {
        id_number: someone.id,
        name: someone.name,
        sex: someone.sex,
        ethnicity: '汉族',
        birth_date: someone.birth,
        household_no: String(h + 1),
        relation,
        area_code: area,
        address: place,
        mother_name: someone.mother,
        status: '0',
      }
      write(insertRecord, 'police', recordId, personId, policeHousehold, area, '', raw)
      return `police:${recordId}`
    }
    const censusRow = (someone: Someone, relation: string, personId: string): string => {
      const recordId = `C${String(++census).padStart(7, '0')}`
      const raw = {
        block_code: block,
        household_no: String(h + 1).padStart(5, '0'),
        name: someone.name,
        relation,
        id_number: someone.id,
        sex: someone.sex,
        birth_month: someone.birth.slice(0, 6),
        ethnicity: '汉',
        residence: '1',
        hukou_place: '1',
        address: place.replace('组', '社'),
      }
      write(insertRecord, 'census', recordId, personId, censusHousehold, area, block, raw)
      return `census:${recordId}`
    }
    const addPair = (left: string, right: string, rows: readonly ExplanationRow[], reason: string, impact: number) => {
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
      insertPair.run(
        `${left}|${right}`,
        left,
        right,
        total,
        probability,
        reason,
        area,
        impact,
        JSON.stringify(explanation),
      )
      made++
    }

    for (const [relation, code, as] of [
      ['户主', '0', 'husband'],
      ['妻', '1', 'wife'],
    ] as const) {
      const someone = newPerson(as === 'wife' ? pick(SURNAMES) : surname, as)
      const personId = `PX${String(++person).padStart(8, '0')}`
      policeRow(someone, relation, personId)
      censusRow(someone, code, personId)
      members++
    }

    for (let more = 1; more < (options.askedPerHousehold ?? 1) && made < pairsWanted - 1; more++) {
      const another = newPerson(surname)
      const one = policeRow(another, childOf(another), `PX${String(++person).padStart(8, '0')}`)
      const other = censusRow({ ...another, id: '' }, '2', `PX${String(++person).padStart(8, '0')}`)
      addPair(one, other, rowsOf(1, 0), REASONS[1], 2)
      members++
    }
    const asked = newPerson(surname)
    const kind = h % 6
    const left = policeRow(asked, childOf(asked), `PX${String(++person).padStart(8, '0')}`)
    const seen = observed(asked, kind, pick)
    const right = censusRow(seen, '2', `PX${String(++person).padStart(8, '0')}`)
    members++
    const jitter = Math.floor(random() * 1800) - 900
    addPair(left, right, rowsOf(kind, jitter), REASONS[kind], 1 + (h % 4))
    if (kind === 2 && made < pairsWanted) {
      // A sibling of nearly the same name: a second candidate for the same census row.
      const sibling = { ...newPerson(surname), name: `${asked.name.slice(0, -1)}${pick(GIVEN)}`, sex: asked.sex }
      const other = policeRow(sibling, childOf(sibling), `PX${String(++person).padStart(8, '0')}`)
      addPair(other, right, rowsOf(4, jitter), 'ambiguous', 1 + (h % 4))
    }
    if (kind === 5 && made < pairsWanted) {
      const again = censusRow(asked, '2', `PX${String(++person).padStart(8, '0')}`)
      addPair(right, again, rowsOf(0, jitter), 'conflict', 2)
    }
    insertHousehold.run(policeHousehold, 'police', area, '', String(h + 1), members)
    insertHousehold.run(censusHousehold, 'census', area, block, String(h + 1).padStart(5, '0'), members)
    if (h % 3 === 0) {
      const id = `F${String(h).padStart(8, '0')}`
      const code = ['missing-at-residence', 'duplicate-same-place', 'residence-claim-mismatch'][(h / 3) % 3]
      insertFinding.run(
        id,
        code,
        h % 2 === 0 ? 'S1' : 'S2',
        'cen',
        'probable',
        '',
        area,
        '户籍与普查所载不一致,需核实。',
      )
      insertFindingRecord.run(id, 0, left)
      insertFindingRecord.run(id, 1, right)
    }
  }
  database.exec('COMMIT')
  database.exec(RUN_INDICES)
  database.close()
  return { directory, pairs: made }
}

function write(
  statement: Database.Statement,
  register: string,
  recordId: string,
  personId: string,
  household: string,
  area: string,
  block: string,
  raw: Readonly<Record<string, string>>,
): void {
  const text = packRow(SOURCES.find((line) => line.register === register)!, raw)
  statement.run(
    `${register}:${recordId}`,
    register,
    recordId,
    personId,
    household,
    area,
    block,
    text,
    fingerprint(text),
  )
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

const REASONS = ['weight', 'weight', 'ambiguous', 'weight', 'homonym-suspect', 'conflict'] as const

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
