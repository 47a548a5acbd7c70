/** Who is counted nowhere: each line of docs/findings.md makes its finding, and just beside it does not. */
import { describe, test } from 'vitest'
import { away, census, check, death, ELSEWHERE, form, police, V2, visitor } from './check.ts'

describe('missing', () => {
  test('away inside the township or for half a year and nowhere present: nobody counts the person', () => {
    const long = away({ away_duration: '3' })
    check([police(), long], [['missing-at-residence', 'S1', long]])
    const near = census({ residence: '3', residence_area_code: V2, away_duration: '2' })
    check([police(), near], [['missing-at-residence', 'S1', near]])
  })

  test('away for less than half a year is counted at home: the residence row is missing all the same', () => {
    const gone = away({ away_duration: '2' })
    check([police(), gone], [['missing-at-residence', 'S2', gone]])
  })

  test('away to another county cannot be checked here', () => {
    const gone = census({ residence: '5', residence_area_code: ELSEWHERE, away_duration: '4' })
    check([police(), gone], [['outbound-unverified', 'S0', gone]])
  })

  test('away to another loaded county can', () => {
    const gone = census({ residence: '5', residence_area_code: ELSEWHERE, away_duration: '4' })
    check([police(), gone], [['missing-at-residence', 'S1', gone]], { counties: [513027, 513999] })
  })

  test('present elsewhere without an away row at the hukou', () => {
    const here = visitor()
    check([police(), here], [['missing-at-hukou', 'S2', here]])
    const short = visitor({ away_duration: '2' })
    check([police(), short], [['missing-at-hukou', 'S1', short]])
  })

  test('hukou outside the county and not in the register cannot be checked here', () => {
    const here = census({ hukou_place: '4', hukou_area_code: ELSEWHERE, away_duration: '4' })
    check([here], [['inbound-unverified', 'S0', here]])
  })

  test('a hukou claimed here that the register has not', () => {
    const here = census()
    check([here], [['claimed-hukou-not-found', 'S2', here]])
    const moved = census()
    check([police({ status: '2', moved_out_on: '20150101' }), moved], [['claimed-hukou-not-found', 'S2', moved]])
    const gone = census({ residence: '5', away_duration: '4' })
    check(
      [gone],
      [
        ['claimed-hukou-not-found', 'S2', gone],
        ['outbound-unverified', 'S0', gone],
      ],
    )
  })

  test('an active hukou and no row anywhere', () => {
    const file = police()
    check([file], [['missing-everywhere', 'S1', file]])
  })

  test('a person of 95 is possibly dead, of 94 missing', () => {
    const old = police({ id_number: '513027192511010015', birth_date: '19251101' })
    const young = police({ id_number: '513027192511020010', birth_date: '19251102' })
    const codes: Record<string, string> = { id_number: '' }
    check(
      [{ ...old, ...codes }],
      [
        ['missing-possibly-dead', 'S2', old],
        ['id-missing', 'S3', old],
      ],
    )
    check(
      [{ ...young, ...codes }],
      [
        ['missing-everywhere', 'S1', young],
        ['id-missing', 'S3', young],
      ],
    )
  })

  test('cancelled, deleted, reversed and old versions are not missed', () => {
    check([police({ status: '7', cancelled_on: '20180101' })], [])
    check([police({ reversal_flag: '1' })], [])
    check([police({ record_flag: '0' })], [])
  })

  test('moved in on the reference day, the hukou was not yet here', () =>
    check([police({ moved_in_on: '20201101' })], []))

  test('dead after the reference time and on no form', () => {
    const [file, paper] = [police(), death({ death_date: '20201101' })]
    check([file, paper], [['missing-died-after-reference', 'S1', file, paper]])
  })

  test('a family household of two living members without a row is one case', () => {
    const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '12' }
    const [one, two] = [police({ household_type: '家庭户' }), police({ ...wife, household_type: '家庭户' })]
    check([one, two], [['whole-household-missing', 'S1', one, two]])
  })

  test('an infant born after the reference time makes no household of somebody who lives alone', () => {
    const household_type = '家庭户'
    const infant = { person: 'infant', id_number: '513027202011150011', name: '王小宝', birth_date: '20201115' }
    const [one, born] = [police({ household_type }), police({ ...infant, relation: '20', household_type })]
    check([one, born], [['missing-everywhere', 'S1', one]])
  })

  test('somebody entered twice in one household is one member of it', () => {
    const [one, again] = [police({ household_type: '家庭户' }), police({ household_type: '家庭户' })]
    check(
      [one, again],
      [
        ['double-hukou', 'S2', one, again],
        ['missing-everywhere', 'S1', one, again],
      ],
    )
  })

  test('one member listed somewhere: the other is missed alone', () => {
    const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '12' }
    const [one, two] = [police({ household_type: '家庭户' }), police({ ...wife, household_type: '家庭户' })]
    check([one, two, census(wife)], [['missing-everywhere', 'S1', one]])
  })

  test('a household of one living and one dead member is not missed as a whole', () => {
    const wife = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2', relation: '12' }
    const [one, two] = [police({ household_type: '家庭户' }), police({ ...wife, household_type: '家庭户' })]
    const reported = form({ ...wife, id_number: '513027199803150023' })
    check(
      [one, two, reported],
      [
        ['missing-everywhere', 'S1', one],
        ['reported-death-unconfirmed', 'S2', reported],
      ],
    )
  })
})
