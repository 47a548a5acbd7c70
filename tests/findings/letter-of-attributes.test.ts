/** Clauses of docs/findings.md on what rows say of people, read to the letter: numbers, names, relations, households. */
import { describe, test } from 'vitest'
import { census, check, death, ELSEWHERE, NUMBER, police } from './check.ts'

const WIFE = { person: 'wife', id_number: '513027199803150023', name: '赵玉兰', sex: '2' }

describe('numbers', () => {
  test('a wrong digit in the year is a wrong check digit, an impossible day is not', () => {
    const year = census({ id_number: '513027109803150010', hukou_place: '4' })
    check(
      [year],
      [
        ['id-invalid-check', 'S3', year],
        ['inbound-unverified', 'S0', year],
      ],
    )
    const day = census({ id_number: '513027199802300010', hukou_place: '4' })
    check(
      [day],
      [
        ['id-invalid-date', 'S3', day],
        ['inbound-unverified', 'S0', day],
      ],
    )
  })

  test('29 February of a year out of reach is a day only if that year leaps', () => {
    const leap = census({ id_number: '513027230402290010', hukou_place: '4' })
    const common = census({ person: 'b', household_no: '002', id_number: '513027230302290010', hukou_place: '4' })
    check(
      [leap, common],
      [
        ['id-invalid-check', 'S3', leap],
        ['id-invalid-date', 'S3', common],
        ['inbound-unverified', 'S0', leap],
        ['inbound-unverified', 'S0', common],
      ],
    )
  })

  test.each([
    ['two members with each other’s numbers have exchanged them: one finding on both rows', {}],
    ['mother and child exchanged is an exchange, not a number borrowed', { mother_id: WIFE.id_number }],
  ])('%s', (_, more) => {
    const files = [police(more), police({ ...WIFE, relation: '12' })]
    const one = census({ id_number: WIFE.id_number })
    const other = census({ ...WIFE, id_number: NUMBER, relation: '1' })
    check(
      [...files, one, other],
      [
        ['id-swapped-in-household', 'S3', one, other],
        ['main-item-error', 'S2', one],
        ['main-item-error', 'S2', other],
        ['id-sex-mismatch', 'S3', one],
        ['id-sex-mismatch', 'S3', other],
      ],
    )
  })
})

describe('names', () => {
  test('a pet name is another name, not given yet is none', () => {
    const pet = census({ name: '王毛娃' })
    check([police(), pet], [['main-item-error', 'S3', pet]])
    check([police(), census({ name: '未取名' })], [])
    check([police({ name: '未取名' }), census()], [])
    check([police({ name: '王毛毛' }), census({ name: '未取名' })], [])
    for (const name of ['无名', '未取', '宝宝']) {
      const unnamed = census({ name })
      check([police(), unnamed], [['main-item-error', 'S3', unnamed]])
    }
  })

  test('a pet name that the register knows as the former name is known', () =>
    check([police({ former_name: '王毛毛' }), census({ name: '王毛毛' })], []))
})

describe('relations', () => {
  const child = (birth_date: string) => ({ person: 'child', id_number: '', name: '王小', birth_date, relation: '20' })
  const rows = (birthDate: string) => {
    const [head, young] = [police(), police(child(birthDate))]
    return {
      head,
      young,
      listed: [census(), census({ ...child(''), birth_month: birthDate.slice(0, 6), relation: '2' })],
    }
  }

  test('a child born the day before the head is 15 is too old, on the day itself not', () => {
    const { head, young, listed } = rows('20130314')
    check(
      [head, young, ...listed],
      [
        ['household-relation-error', 'S3', head, young],
        ['id-missing', 'S3', young],
        ['id-missing', 'S3', listed[1]],
      ],
    )
    const fit = rows('20130315')
    check(
      [fit.head, fit.young, ...fit.listed],
      [
        ['id-missing', 'S3', fit.young],
        ['id-missing', 'S3', fit.listed[1]],
      ],
    )
  })
})

describe('households of the register', () => {
  test('the dead are no members of a parked household', () => {
    const living = police({ household_type: '家庭户' })
    const dead = police({ ...WIFE, household_type: '家庭户', relation: '12' })
    const gone = census({ residence: '5', residence_area_code: ELSEWHERE, away_duration: '4', away_reason: '寄挂户口' })
    const paper = death({ ...WIFE, death_date: '20201020', area_code: ELSEWHERE })
    check(
      [living, dead, gone, paper],
      [
        ['empty-hukou', 'S0', living],
        ['outbound-unverified', 'S0', gone],
      ],
    )
  })
})
