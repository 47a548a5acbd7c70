/** Presence and count: each line of docs/findings.md makes its finding, and just beside it does not. */
import { describe, test } from 'vitest'
import { away, birth, census, check, death, ELSEWHERE, police, V1, V2, V3, visitor } from './check.ts'

describe('a person rightly registered', () => {
  test('present where the hukou is: nothing to say', () => check([police(), census()], []))

  test('away and present with places and half year agreeing is a pair, not a duplicate', () => {
    const [gone, here] = [away(), visitor()]
    check([police(), gone, here], [['separated-pair', 'S0', gone, here]])
  })

  test('living in another block of the hukou village is a pair whatever the durations say', () => {
    const gone = census({ residence: '2', away_duration: '2' })
    const here = census({ block_code: `${V1}002`, away_duration: '9' })
    check([police(), gone, here], [['separated-pair', 'S0', gone, here]])
  })

  test('living in another village of the township is a pair whatever the durations say', () => {
    const gone = census({ residence: '3', residence_area_code: V2, away_duration: '2' })
    const here = census({ block_code: `${V2}001`, hukou_place: '2', hukou_area_code: V1, away_duration: '5' })
    check([police(), gone, here], [['separated-pair', 'S0', gone, here]])
  })

  test('a blank or "not left" duration between townships is not called a pair', () => {
    check([police(), away({ away_duration: '' }), visitor()], [])
    check([police(), away(), visitor({ away_duration: '1' })], [])
  })

  test('nor is it a conflict with the other row: nothing was said that the other contradicts', () => {
    for (const said of ['', '1']) {
      check([police(), away({ away_duration: said }), visitor({ away_duration: '2' })], [])
      check([police(), away({ away_duration: '2' }), visitor({ away_duration: said })], [])
    }
  })
})

describe('should not be on the form', () => {
  test('dead the day before the reference time is counted-dead, and takes no presence tests', () => {
    const [here, there, paper] = [census(), visitor(), death({ death_date: '20201031' })]
    check(
      [police({ status: '1', death_date: '20201031' }), here, there, paper],
      [['counted-dead', 'S1', here, there, paper]],
    )
  })

  test('dead on the reference day is rightly on the form', () => {
    const [here, paper] = [census(), death({ death_date: '20201101' })]
    check([police(), here, paper], [['died-after-reference', 'S0', here, paper]])
  })

  test('a death date without a day in the month before is before the reference time', () => {
    const [here, paper] = [census(), death({ death_date: '202010' })]
    check([police({ status: '1', death_date: '20201015' }), here, paper], [['counted-dead', 'S1', here, paper]])
  })

  test('cancelled for death without a certificate, and present', () => {
    const [file, here] = [police({ status: '1', death_date: '20190510' }), census()]
    check([file, here], [['cancelled-dead-but-present', 'S1', here, file]])
  })

  test('cancelled for death after the reference time was active then', () =>
    check([police({ status: '1', death_date: '20201105' }), census()], []))

  test('a soldier on any short-form row', () => {
    const [file, gone] = [police({ status: '3', cancelled_on: '20180901' }), away()]
    check([file, gone], [['military-counted', 'S1', gone]])
  })

  test('a soldier who enlisted after the reference time is counted at home', () =>
    check([police({ status: '3', cancelled_on: '20201110' }), census()], []))

  test('settled abroad and declared abroad', () => {
    const gone = census({ residence: '7' })
    check([police({ status: '4', cancelled_on: '20150101' }), gone], [['settled-abroad-counted', 'S1', gone]])
  })

  test('abroad with an active hukou is counted at home', () => {
    const gone = census({ residence: '7' })
    check([police(), gone], [['abroad-counted', 'S0', gone]])
  })

  test('born on the reference day, by certificate', () => {
    const infant = { id_number: '', birth_month: '202011' }
    const here = census(infant)
    const paper = birth({ birth_date: '20201101' })
    check(
      [here, paper],
      [
        ['post-reference-birth-counted', 'S1', here],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('born the day before is rightly on the form', () => {
    const here = census({ id_number: '', birth_month: '202010' })
    check([here, birth({ birth_date: '20201031' })], [['id-missing', 'S3', here]])
  })

  test('a late month on the form alone is not believed against the certificate', () => {
    const here = census({ id_number: '', birth_month: '202011' })
    check([here, birth({ birth_date: '20201031' })], [['id-missing', 'S3', here]])
  })

  test('without certificate and register the form’s own month decides', () => {
    const here = census({ id_number: '', birth_month: '202011', hukou_place: '5' })
    check(
      [here],
      [
        ['post-reference-birth-counted', 'S1', here],
        ['id-missing', 'S3', here],
      ],
    )
  })
})

describe('counted twice', () => {
  test('present in the hukou village and in another one', () => {
    const [here, there] = [census(), visitor()]
    check([police(), here, there], [['present-twice', 'S1', here, there]])
  })

  test('two present rows whose villages cannot be read are not said to be in one village', () => {
    const [one, two] = [census({ block_code: '' }), census({ block_code: '', household_no: '002' })]
    check([police(), one, two], [['duplicate-cross-place', 'S1', one, two]])
  })

  test('two present rows in one village, hukou village or not', () => {
    const [one, two] = [census(), census({ block_code: `${V1}002`, household_no: '9' })]
    check([police(), one, two], [['duplicate-same-place', 'S1', one, two]])
    const [three, four] = [visitor(), visitor({ block_code: `${V3}002`, household_no: '9' })]
    check([police(), three, four], [['duplicate-same-place', 'S1', three, four]])
  })

  test('two present rows in two villages neither of which is the hukou village', () => {
    const there = census({ block_code: `${V2}001`, hukou_place: '2', hukou_area_code: V1, away_duration: '4' })
    const here = visitor()
    check([police(), there, here], [['duplicate-cross-place', 'S1', there, here]])
  })

  test('with two hukou, present at both, is cross-place', () => {
    const [first, second] = [police(), police({ area_code: V3 })]
    const [here, there] = [census(), census({ block_code: `${V3}001` })]
    check(
      [first, second, here, there],
      [
        ['duplicate-cross-place', 'S1', here, there],
        ['double-hukou', 'S2', first, second],
      ],
    )
  })

  test('three present rows of which two share a village give one finding of each kind', () => {
    const one = visitor()
    const two = visitor({ block_code: `${V3}002`, household_no: '9' })
    const home = census()
    check(
      [police(), one, two, home],
      [
        ['duplicate-same-place', 'S1', one, two],
        ['present-twice', 'S1', one, two, home],
      ],
    )
  })

  test('two people present in the same two households are one case', () => {
    const wife = { person: 'wife', id_number: '', name: '赵玉兰', sex: '2', relation: '1' }
    const rows = [census(), visitor(), census(wife), visitor(wife)]
    check(
      [police(), police({ ...wife, id_number: '513027199803150023', relation: '12' }), ...rows],
      [
        ['household-duplicate', 'S1', ...rows],
        ['id-missing', 'S3', rows[2]],
        ['id-missing', 'S3', rows[3]],
      ],
    )
  })

  test('two people twice in different pairs of households are two cases', () => {
    const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '1' }
    const [a, b, c, d] = [census(), visitor(), census(wife), visitor({ ...wife, household_no: '002' })]
    check(
      [police(), police({ ...wife, relation: '12' }), a, b, c, d],
      [
        ['present-twice', 'S1', a, b],
        ['present-twice', 'S1', c, d],
      ],
    )
  })

  test('present and away in one block of the hukou village', () => {
    const [here, gone] = [census(), away()]
    check([police(), here, gone], [['present-and-away', 'S1', here, gone]])
  })

  test('an away row in each of two hukou villages: S1 if one is counted', () => {
    const files = [police(), police({ area_code: V3 })]
    const long = [away(), census({ block_code: `${V3}001`, residence: '5', away_duration: '4' })]
    check(
      [...files, ...long],
      [
        ['duplicate-away', 'S2', ...long],
        ['double-hukou', 'S2', ...files],
      ],
    )
    const short = [away({ away_duration: '2' }), census({ block_code: `${V3}001`, residence: '5', away_duration: '4' })]
    check(
      [...files, ...short],
      [
        ['duplicate-away', 'S1', ...short],
        ['double-hukou', 'S2', ...files],
      ],
    )
  })

  test('an away row where the hukou no longer is', () => {
    const file = police({ status: '2', moved_out_on: '20150101' })
    const gone = census({ residence: '5', residence_area_code: ELSEWHERE, away_duration: '2' })
    check(
      [file, gone],
      [
        ['away-row-after-move', 'S1', gone],
        ['outbound-unverified', 'S0', gone],
      ],
    )
  })

  test('moved away on the reference day, the hukou was still there', () => {
    const gone = census({ residence: '5', residence_area_code: ELSEWHERE, away_duration: '4' })
    check([police({ status: '2', moved_out_on: '20201101' }), gone], [['outbound-unverified', 'S0', gone]])
  })
})

describe('two answers on one question', () => {
  test('hukou side under, residence over half a year: counted twice', () => {
    const [gone, here] = [away({ away_duration: '2' }), visitor({ away_duration: '3' })]
    check([police(), gone, here], [['halfyear-conflict-double', 'S1', gone, here]])
  })

  test('hukou side over, residence under half a year: counted nowhere', () => {
    const [gone, here] = [away({ away_duration: '3' }), visitor({ away_duration: '2' })]
    check([police(), gone, here], [['halfyear-conflict-zero', 'S1', gone, here]])
  })

  test('a half-year conflict fires beside a wrong claim of residence', () => {
    const gone = away({ away_duration: '2', residence_area_code: '513027003' })
    const here = visitor({ away_duration: '4' })
    check(
      [police(), gone, here],
      [
        ['halfyear-conflict-double', 'S1', gone, here],
        ['residence-claim-mismatch', 'S2', gone],
      ],
    )
  })

  test('a present row at the hukou is no half-year conflict: nobody asks how long one has left home', () => {
    const gone = census({ block_code: `${V3}001`, residence: '4', residence_area_code: V1, away_duration: '2' })
    const here = census({ away_duration: '4' })
    check([police(), gone, here], [])
  })

  test('both over half a year in other classes is a detail', () => {
    const [gone, here] = [away({ away_duration: '4' }), visitor({ away_duration: '5' })]
    check(
      [police(), gone, here],
      [
        ['separated-pair', 'S0', gone, here],
        ['departure-detail-mismatch', 'S3', gone, here],
      ],
    )
  })

  test('the residence claimed is compared as far as its digits go', () => {
    const [gone, here] = [away({ residence_area_code: '513027002' }), visitor()]
    check([police(), gone, here], [['separated-pair', 'S0', gone, here]])
    const wrong = away({ residence_area_code: '513027003' })
    check([police(), wrong, here], [['residence-claim-mismatch', 'S2', wrong]])
  })

  test('the category of the residence claimed must fit', () => {
    const [gone, here] = [away({ residence: '3', residence_area_code: '' }), visitor()]
    check([police(), gone, here], [['residence-claim-mismatch', 'S2', gone]])
  })

  test('away to another township with a present row in the next block of the village', () => {
    const [gone, here] = [away(), census({ block_code: `${V1}002` })]
    check([police(), gone, here], [['residence-claim-mismatch', 'S2', gone]])
  })

  test('the hukou place claimed must be that of the register', () => {
    const here = census({ hukou_place: '4', hukou_area_code: ELSEWHERE, away_duration: '4' })
    check([police(), here], [['hukou-claim-mismatch', 'S2', here]])
  })

  test('a hukou claim that fits to the digits given is right', () => {
    const here = visitor({ hukou_area_code: '513027' })
    check([police(), here], [['missing-at-hukou', 'S2', here]])
  })

  test('a village that cannot be read is not another one: the row that says it lies at the hukou is believed', () => {
    check([police(), census({ block_code: '' })], [])
    const here = census({ block_code: '', hukou_place: '3', away_duration: '4' })
    check([police(), here], [['missing-at-hukou', 'S2', here]])
  })

  test('undetermined although police has a hukou', () => {
    const here = census({ hukou_place: '5', away_duration: '' })
    check([police(), here], [['undetermined-but-registered', 'S2', here]])
  })

  test('undetermined and not registered', () => {
    const here = census({ hukou_place: '5', away_duration: '' })
    check([here], [['hukou-undetermined', 'S0', here]])
  })
})
