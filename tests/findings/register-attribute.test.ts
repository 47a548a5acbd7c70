/** The register and the items of a row: two hukou, one number for two, numbers and items that do not agree. */
import { describe, expect, test } from 'vitest'
import { birth, census, check, death, detect, NUMBER, police, say, V2 } from './check.ts'

/** A good number of a woman born in 1970. */
const MOTHERS = '51302719700101002X'

describe('the register', () => {
  test('two active rows without a move are two hukou', () => {
    const files = [police(), police({ area_code: V2 })]
    check([...files, census()], [['double-hukou', 'S2', ...files]])
  })

  test('two active rows of which one was moved in later: the old one was not cancelled', () => {
    const files = [police({ area_code: V2 }), police({ moved_in_on: '20150601' })]
    check([...files, census()], [['moved-not-cancelled', 'S2', ...files]])
  })

  test('two rows moved in on one day are two hukou: neither move explains the other', () => {
    const files = [police({ area_code: V2, moved_in_on: '20150601' }), police({ moved_in_on: '20150601' })]
    check([...files, census()], [['double-hukou', 'S2', ...files]])
  })

  test('moved in after the reference time: the old hukou was rightly active', () =>
    check([police(), police({ area_code: V2, moved_in_on: '20201105' }), census()], []))

  test('one good number on normal rows of two people', () => {
    const [mine, theirs] = [police(), police({ person: 'other', household_no: 'H2', area_code: V2 })]
    const here = census({ person: 'other', block_code: `${V2}001` })
    check([mine, census(), theirs, here], [['shared-id', 'S1', mine, theirs]])
  })

  test('a cancelled row shares nothing, and two rows of one person are no two people', () => {
    check([police(), census(), police({ person: 'other', status: '2', moved_out_on: '20150101' })], [])
    const files = [police(), police()]
    check([...files, census()], [['double-hukou', 'S2', ...files]])
  })

  test('moved away, registered nowhere, undetermined on the form', () => {
    const [file, here] = [
      police({ status: '2', moved_out_on: '20150101' }),
      census({ hukou_place: '5', away_duration: '' }),
    ]
    check([file, here], [['pocket-hukou', 'S2', file, here]])
    check([police({ status: '2', moved_out_on: '20150101' })], [])
  })

  test('cancelled more than 30 days after the death', () => {
    const late = police({ status: '1', death_date: '20180101', cancelled_on: '20180201' })
    check([late], [['late-cancellation', 'S3', late]])
    check([police({ status: '1', death_date: '20180101', cancelled_on: '20180131' })], [])
  })

  test('a hundred years old and active is asked about only where no census can answer', () => {
    const file = police({ id_number: '', birth_date: '19200101' })
    check(
      [file],
      [
        ['implausible-age-active', 'S2', file],
        ['id-missing', 'S3', file],
      ],
      { given: ['police'] },
    )
    const here = census({ id_number: '', birth_month: '192001' })
    check(
      [file, here],
      [
        ['id-missing', 'S3', file],
        ['id-missing', 'S3', here],
      ],
    )
  })
})

describe('the number of a row', () => {
  const one = (fields: Record<string, string>) =>
    census({ hukou_place: '4', hukou_area_code: '513999', away_duration: '4', ...fields })
  const alone = (row: ReturnType<typeof one>, ...codes: (readonly [string, string])[]): void =>
    check([row], [
      ['inbound-unverified', 'S0', row],
      ...codes.map(([code, severity]) => [code, severity, row] as const),
    ] as never)

  test('empty after trimming is missing', () => alone(one({ id_number: ' 　' }), ['id-missing', 'S3']))
  test('a word in its place is a placeholder, not missing', () =>
    alone(one({ id_number: '无' }), ['id-placeholder', 'S3']))
  test('a wrong check digit', () => alone(one({ id_number: '513027199803150016' }), ['id-invalid-check', 'S3']))
  test('a wrong length', () => alone(one({ id_number: '5130271998031500' }), ['id-invalid-check', 'S3']))
  test('a date that does not exist', () => alone(one({ id_number: '513027199802300014' }), ['id-invalid-date', 'S3']))
  test('a day that has not come, though the check digit fits', () =>
    alone(one({ id_number: '513027204103150018' }), ['id-invalid-date', 'S3']))
  test('cut by a spreadsheet', () => alone(one({ id_number: '5.13027E+17' }), ['id-excel-truncated', 'S3']))
  test('fifteen digits are a good number, and told', () =>
    alone(one({ id_number: '513027700101001', birth_month: '197001' }), ['id-legacy-15', 'S3']))
  test('a good number of the other sex', () => alone(one({ sex: '2' }), ['id-sex-mismatch', 'S3']))
  test('a good number with another month', () => alone(one({ birth_month: '199804' }), ['id-birth-mismatch', 'S3']))
  test('a day beside the month of the form is not compared', () => alone(one({ birth_month: '1998-03-20' })))
  test('a bad number says nothing about sex and birth', () =>
    alone(one({ id_number: '513027199803150016', sex: '2', birth_month: '199911' }), ['id-invalid-check', 'S3']))

  test('police rows are looked at in normal status only, values on every effective row', () => {
    check([police({ id_number: '', status: '2', moved_out_on: '20150101' })], [])
    const file = police({ sex: '2', status: '2', moved_out_on: '20150101' })
    check([file], [['id-sex-mismatch', 'S3', file]])
    const born = police({ birth_date: '19980316', status: '2', moved_out_on: '20150101' })
    check([born], [['id-birth-mismatch', 'S3', born]])
  })

  test('certificates without a number are not listed', () =>
    check([police({ status: '1', death_date: '20180101' }), death({ id_number: '', death_date: '20180101' })], []))
})

describe('main items against the register', () => {
  test('another name, sex, ethnic group or month is an error of the other row', () => {
    const name = census({ name: '王建军' })
    check([police(), name], [['main-item-error', 'S3', name]])
    const group = census({ ethnicity: '03' })
    check([police(), group], [['main-item-error', 'S3', group]])
    const month = census({ birth_month: '199804' })
    check(
      [police(), month],
      [
        ['main-item-error', 'S3', month],
        ['id-birth-mismatch', 'S3', month],
      ],
    )
  })

  test('another number weighs more', () => {
    const row = census({ id_number: '513027199803150031' })
    check([police(), row], [['main-item-error', 'S2', row]])
  })

  test('missing items, blanks and separators never differ', () =>
    check([police(), census({ name: ' 王 建国', ethnicity: '', sex: '' })], []))

  test('a former name of the register is not an error', () =>
    check([police({ former_name: '王二娃' }), census({ name: '王二娃' })], []))

  test('the name of an old version is not an error', () =>
    check([police(), police({ name: '王铁柱', record_flag: '0' }), census({ name: '王铁柱' })], []))

  test('variant and traditional characters are told apart from errors', () => {
    const row = census({ name: '王建國' })
    check([police(), row], [['name-variant', 'S3', row]])
  })

  test('a lost character is damage', () => {
    const row = census({ name: '王建?' })
    check([police(), row], [['name-damaged', 'S3', row]])
  })

  test('a lost character of the register is told once, however many rows show it', () => {
    const file = police({ name: '王建?' })
    const [away, here] = [census({ residence: '3', residence_area_code: V2 }), census()]
    const told = say([file, away, here]).filter((line) => line.startsWith('name-damaged'))
    expect(told).toEqual([`name-damaged S3 police:${file.id}`])
  })

  test('a cut number is not another number', () => {
    const row = census({ id_number: '5.13027E+17' })
    check([police(), row], [['id-excel-truncated', 'S3', row]])
  })

  test('of two active rows the best fitting one is compared', () => {
    const files = [police({ area_code: V2, name: '王小二' }), police()]
    check([...files, census()], [['double-hukou', 'S2', ...files]])
  })

  test('a certificate of birth is compared by the day', () => {
    const file = police({ id_number: '', birth_date: '20200402', name: '王小宝' })
    const [paper, here] = [birth(), census({ id_number: '', birth_month: '202004', name: '王小宝' })]
    check(
      [file, paper, here],
      [
        ['main-item-error', 'S3', paper],
        ['id-missing', 'S3', file],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('two members of a household with each other’s number', () => {
    const theirs = '513027199803150023'
    const wife = { person: 'wife', name: '赵玉兰', sex: '2' }
    const [mine, hers] = [census({ id_number: theirs }), census({ ...wife, id_number: NUMBER, relation: '1' })]
    check(
      [police(), police({ ...wife, id_number: theirs, household_no: 'H2' }), mine, hers],
      [
        ['id-swapped-in-household', 'S3', mine, hers],
        ['main-item-error', 'S2', mine],
        ['main-item-error', 'S2', hers],
        ['id-sex-mismatch', 'S3', mine],
        ['id-sex-mismatch', 'S3', hers],
      ],
    )
  })

  test('a child with its mother’s number', () => {
    const row = census({ id_number: MOTHERS })
    const file = police({ mother_id: MOTHERS })
    check(
      [file, row],
      [
        ['parent-id-borrowed', 'S3', row],
        ['main-item-error', 'S2', row],
        ['id-sex-mismatch', 'S3', row],
        ['id-birth-mismatch', 'S3', row],
      ],
    )
  })

  test('a child with the number of the head of its household, though no row says whose child it is', () => {
    const head = { person: 'head', name: '李秀英', sex: '2', id_number: MOTHERS }
    const [hers, row] = [census({ ...head, birth_month: '197001' }), census({ id_number: MOTHERS, relation: '2' })]
    const found = (child: typeof row): number | undefined =>
      detect([police(), police({ ...head, birth_date: '19700101' }), hers, child])
        .list.countByCode()
        .get('parent-id-borrowed')
    expect(found(row)).toBe(1)
    // A brother is no child of hers, and who lives in another house may be anybody's.
    expect(found(census({ id_number: MOTHERS, relation: '8' }))).toBeUndefined()
    expect(found(census({ id_number: MOTHERS, relation: '2', household_no: '099' }))).toBeUndefined()
  })

  test('a village that the code does not name is asked for, row by row where it is rare', () => {
    const file = police({ area_code: '513027', status: '0' })
    const others = Array.from({ length: 30 }, (_, k) =>
      police({ person: `o${k}`, id_number: '', status: '9', cancelled_on: '20180101' }),
    )
    check([file, census(), ...others], [['address-unresolved', 'S3', file]])
  })

  test('a code out of force on more than 5 % of a register is told once', () => {
    const born = { id_number: '513027200503150019', birth_date: '20050315' }
    const { list } = detect([police(born), census({ ...born, birth_month: '200503' })])
    expect(list.toldOnce.map(({ code, register, rows, of }) => [code, register, rows, of])).toContainEqual([
      'id-area-not-in-force',
      'police',
      1,
      1,
    ])
    expect(list.countByCode().has('id-area-not-in-force')).toBe(false)
  })
})
