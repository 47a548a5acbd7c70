/** Clauses of docs/findings.md read to the letter: borders, keys, and what one rule leaves to another. */
import { describe, test } from 'vitest'
import { packDate } from '../../src/records/record-table.ts'
import { away, birth, census, check, death, ELSEWHERE, form, NUMBER, police, V1, V2, V3, visitor } from './check.ts'

const WIFE = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2' }

describe('what decides a person does not silence another rule', () => {
  test('a soldier whose death is certified is both', () => {
    const [gone, paper] = [away(), death({ death_date: '20200510' })]
    check(
      [police({ status: '3', cancelled_on: '20180901' }), gone, paper],
      [
        ['counted-dead', 'S1', gone, paper],
        ['military-counted', 'S1', gone],
      ],
    )
  })

  test('cancelled as dead, certified before the reference time: counted-dead alone', () => {
    const [here, paper] = [census(), death({ death_date: '20200510' })]
    check([police({ status: '1', death_date: '20200510' }), here, paper], [['counted-dead', 'S1', here, paper]])
  })

  test('cancelled as dead, certified after it, and no hukou: still cancelled-dead-but-present', () => {
    const [file, here, paper] = [
      police({ status: '1', death_date: '20200510' }),
      census(),
      death({ death_date: '20201105' }),
    ]
    check(
      [file, here, paper],
      [
        ['cancelled-dead-but-present', 'S1', here, file],
        ['died-after-reference', 'S0', here, paper],
      ],
    )
  })

  test('cancelled in one village, active in another: no such finding', () => {
    const here = visitor({ hukou_place: '1', hukou_area_code: '' })
    check([police({ status: '1', death_date: '20200510' }), police({ area_code: V3, household_no: 'H2' }), here], [])
  })
})

describe('born at the border', () => {
  const infant = { id_number: '', birth_month: '202011', hukou_place: '5', away_duration: '' }

  test('rows of an unregistered infant that disagree: the finding falls on the late one', () => {
    const late = census(infant)
    const early = census({ ...infant, birth_month: '202010', block_code: `${V1}002` })
    check(
      [late, early],
      [
        ['post-reference-birth-counted', 'S1', late],
        ['duplicate-same-place', 'S1', late, early],
        ['birth-without-certificate', 'S2', early],
        ['id-missing', 'S3', late],
        ['id-missing', 'S3', early],
      ],
    )
  })

  test('the register alone says that the birth came later', () => {
    const file = police({ id_number: '', birth_date: '20201101' })
    const here = census(infant)
    check(
      [file, here],
      [
        ['post-reference-birth-counted', 'S1', here],
        ['id-missing', 'S3', here],
        ['id-missing', 'S3', file],
      ],
    )
  })
})

describe('windows and days of grace', () => {
  const dead = (date: string) => death({ death_date: date })

  test('30 days before the reference time the police had time, 29 days before not', () => {
    const [file, early] = [police({ status: '0' }), dead('20201001')]
    const listed = form({ death_month: '202010' })
    check([file, listed, early], [['dead-not-cancelled', 'S2', file, early]])
    check([police(), form({ death_month: '202010' }), dead('20201002')], [])
  })

  test('a register that reaches further is held to its own day', () => {
    const [file, paper] = [police(), dead('20201012')]
    const listed = form({ death_month: '202010' })
    check([file, listed, paper], [['dead-not-cancelled', 'S2', file, paper]], { asOf: packDate(2020, 11, 20) })
  })

  test('a register that stops before the reference time is timing, one level down', () => {
    const [file, paper] = [police(), dead('20200915')]
    const listed = form({ death_month: '202009' })
    check([file, listed, paper], [['dead-not-cancelled', 'S3', file, paper]], { asOf: packDate(2020, 10, 1) })
  })

  test('the window is the year before the reference time, first and last day included', () => {
    for (const day of ['20191101', '20201031']) {
      const paper = dead(day)
      check([police({ status: '1', death_date: day }), paper], [['death-form-missing', 'S2', paper]])
    }
    for (const day of ['20191031', '20201101']) check([police({ status: '1', death_date: '20190101' }), dead(day)], [])
  })

  test('the form is measured by the certificate, and by its own month only without one', () => {
    const [early, paper] = [form({ death_month: '201910' }), dead('20191105')]
    check([police({ status: '1', death_date: '20191105' }), early, paper], [])
    const alone = form({ death_month: '201910' })
    check([police({ status: '1', death_date: '20191005' }), alone], [['death-form-out-of-window', 'S2', alone]])
    const inside = form({ death_month: '202001' })
    check(
      [police({ status: '1', death_date: '20191005' }), inside, dead('20191005')],
      [['death-form-out-of-window', 'S2', inside]],
    )
  })

  test('a death whose residence is elsewhere is not missing on the form here', () =>
    check([police({ status: '1', death_date: '20200510' }), death({ area_code: ELSEWHERE })], []))
})

describe('another reference time', () => {
  const reference = packDate(2015, 11, 1)

  test('rows after it are not yet so, the window moves with it', () => {
    const paper = death({ death_date: '20151031' })
    check([police({ status: '1', death_date: '20151031' }), paper], [['death-form-missing', 'S2', paper]], {
      reference,
    })
    check([police({ status: '2', moved_out_on: '20151101' }), census()], [], { reference })
    check([police({ moved_in_on: '20151101' })], [], { reference })
  })

  test('a birth of November is after it', () => {
    const [here, paper] = [census({ id_number: '', birth_month: '201511' }), birth({ birth_date: '20151101' })]
    check(
      [here, paper],
      [
        ['post-reference-birth-counted', 'S1', here],
        ['id-missing', 'S3', here],
      ],
      { reference },
    )
  })
})

describe('births and the register', () => {
  const baby = { person: 'baby', name: '王小', sex: '1', id_number: '' }
  const paperOf = (fields: Readonly<Record<string, string>> = {}) =>
    birth({ ...baby, birth_date: '20201001', mother_id: WIFE.id_number, ...fields })
  const mother = () => [police({ ...WIFE, relation: '02' }), census({ ...WIFE })]

  test('31 days before the reference time must be registered, 30 days before need not', () => {
    const paper = paperOf()
    const here = census({ ...baby, birth_month: '202010', relation: '2' })
    check(
      [...mother(), paper, here],
      [
        ['birth-not-registered', 'S2', paper],
        ['id-missing', 'S3', here],
      ],
    )
    const later = census({ ...baby, birth_month: '202010', relation: '2' })
    check([...mother(), paperOf({ birth_date: '20201002' }), later], [['id-missing', 'S3', later]])
  })

  test('the father’s number is as good as the mother’s', () => {
    const paper = paperOf({ birth_date: '20200501', mother_id: '', father_id: NUMBER })
    const here = census({ ...baby, birth_month: '202005', relation: '2' })
    check(
      [police(), census(), paper, here],
      [
        ['birth-not-registered', 'S2', paper],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('a parent whose hukou was cancelled is no parent with a hukou here', () => {
    const here = census({ ...baby, birth_month: '202005', relation: '2', hukou_place: '5' })
    const gone = police({ ...WIFE, status: '2', moved_out_on: '20180101' })
    check(
      [gone, paperOf({ birth_date: '20200501' }), here],
      [
        ['hukou-undetermined', 'S0', here],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('missed at the registered place, wherever the mother lives', () => {
    const file = police({ ...baby, birth_date: '20200501', relation: '20' })
    const paper = paperOf({ birth_date: '20200501', area_code: ELSEWHERE })
    check(
      [...mother(), file, paper],
      [
        ['newborn-missing', 'S1', paper, file],
        ['id-missing', 'S3', file],
      ],
    )
  })

  test('moving in only after the reference time is as good as not registered', () => {
    const file = police({ ...baby, birth_date: '20200501', relation: '20', moved_in_on: '20201110' })
    const paper = paperOf({ birth_date: '20200501' })
    check(
      [...mother(), file, paper],
      [
        ['newborn-missing', 'S1', paper],
        ['id-missing', 'S3', file],
      ],
    )
  })

  test('an infant in no register is named also when it died after the reference time', () => {
    const here = census({ ...baby, birth_month: '202005', hukou_place: '5' })
    const paper = death({ ...baby, birth_date: '20200501', death_date: '20201103', hukou_area_code: ELSEWHERE })
    check(
      [here, paper],
      [
        ['birth-without-certificate', 'S2', here],
        ['died-after-reference', 'S0', here, paper],
        ['hukou-undetermined', 'S0', here],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('an infant whose form says another county is only from there', () => {
    const here = census({ ...baby, birth_month: '202005', hukou_place: '4', hukou_area_code: ELSEWHERE })
    check(
      [here],
      [
        ['inbound-unverified', 'S0', here],
        ['id-missing', 'S3', here],
      ],
    )
  })
})

describe('two hukou', () => {
  const two = (second: Readonly<Record<string, string>> = {}, first: Readonly<Record<string, string>> = {}) =>
    [police(first), police({ area_code: V3, household_no: 'H2', ...second })] as const

  test('neither moved in: two hukou; one moved in later: the other was left open', () => {
    const both = two()
    check([...both, census()], [['double-hukou', 'S2', ...both]])
    const moved = two({ moved_in_on: '20180101' })
    check([...moved, census()], [['moved-not-cancelled', 'S2', ...moved]])
    const later = two({ moved_in_on: '20180101' }, { moved_in_on: '20100101' })
    check([...later, census()], [['moved-not-cancelled', 'S2', ...later]])
  })

  test('one that is active only from the reference day on is none', () =>
    check([...two({ moved_in_on: '20201101' }), census()], []))

  test('away in one hukou village and present at the other: not in each', () => {
    const both = two()
    const [gone, here] = [away(), census({ block_code: `${V3}001` })]
    check([...both, gone, here], [['double-hukou', 'S2', ...both]])
  })

  test('a claim that fits one of two hukou fits', () => {
    const both = two({ area_code: V2 })
    const here = visitor()
    check(
      [...both, here],
      [
        ['double-hukou', 'S2', ...both],
        ['missing-at-hukou', 'S2', here],
      ],
    )
  })
})
