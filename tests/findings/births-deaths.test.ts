/** Births and deaths: forms and certificates against each other and the register, and the days around the dates. */
import { describe, expect, test } from 'vitest'
import { packDate } from '../../src/records/record-table.ts'
import { birth, census, check, death, ELSEWHERE, form, NUMBER, police, say, V1 } from './check.ts'

const cancelled = (on = '20200510') => police({ status: '1', death_date: on, cancelled_on: on })

describe('deaths', () => {
  test('the window is the year before the reference time, by certificate', () => {
    const early = form()
    check(
      [cancelled('20191031'), early, death({ death_date: '20191031' })],
      [['death-form-out-of-window', 'S2', early]],
    )
    check([cancelled('20191101'), form(), death({ death_date: '20191101' })], [])
    check([cancelled('20201031'), form(), death({ death_date: '20201031' })], [])
    const [late, here, paper] = [form(), census(), death({ death_date: '20201101' })]
    check(
      [cancelled('20201101'), late, here, paper],
      [
        ['death-form-out-of-window', 'S2', late],
        ['died-after-reference', 'S0', here, paper],
      ],
    )
  })

  test('without a certificate the month of the form decides', () => {
    const early = form({ death_month: '201910' })
    check([cancelled(), early], [['death-form-out-of-window', 'S2', early]])
    check([cancelled(), form({ death_month: '201911' })], [])
    const late = form({ death_month: '202011' })
    check([cancelled(), late], [['death-form-out-of-window', 'S2', late]])
  })

  test('dead in the window, residence here, on neither form', () => {
    const paper = death()
    check([cancelled(), paper], [['death-form-missing', 'S2', paper]])
    check([cancelled(), death({ area_code: ELSEWHERE })], [], { counties: [513027] })
    check([cancelled(), death({ death_date: '20191031' })], [])
  })

  test('a reported death without a certificate and a normal hukou is unconfirmed', () => {
    const reported = form()
    check([police(), reported], [['reported-death-unconfirmed', 'S2', reported]])
    check([cancelled(), form()], [])
  })

  test('dead on one form and present on the other', () => {
    const [reported, here] = [form(), census()]
    check(
      [police({ status: '7', cancelled_on: '20200601' }), reported, here],
      [
        ['dead-and-alive', 'S1', reported, here],
        ['claimed-hukou-not-found', 'S2', here],
      ],
    )
  })

  test('with a certificate counted-dead says it', () => {
    const [reported, here, paper] = [form(), census(), death()]
    check([cancelled(), reported, here, paper], [['counted-dead', 'S1', here, paper]])
  })

  test('two death-form rows of one person', () => {
    const rows = [form(), form({ block_code: `${V1}002` })]
    check([cancelled(), ...rows, death()], [['death-form-duplicate', 'S2', ...rows]])
  })

  test('not cancelled more than 30 days after the death; on the day itself it is not due', () => {
    const file = police()
    const due = death({ death_date: '20201001', area_code: '' })
    check([file, due], [['dead-not-cancelled', 'S2', file, due]])
    check([file, death({ death_date: '20201002', area_code: '' })], [])
  })

  test('a later as-of date of police makes a later death due', () => {
    const [file, paper] = [police(), death({ death_date: '20201015', area_code: '' })]
    check([file, paper], [['dead-not-cancelled', 'S2', file, paper]], { asOf: packDate(2020, 11, 20) })
    check([file, death({ death_date: '20201021', area_code: '' })], [], { asOf: packDate(2020, 11, 20) })
  })

  test('an as-of date before the reference date lowers the finding', () => {
    const [file, paper] = [police(), death({ death_date: '20200915', area_code: '' })]
    check([file, paper], [['dead-not-cancelled', 'S3', file, paper]], { asOf: packDate(2020, 9, 30) })
  })

  test('a death whose hukou is said to be here and is not', () => {
    const paper = death({ area_code: '' })
    check([paper], [['death-of-unregistered', 'S2', paper]], { counties: [513027] })
    check([death({ area_code: '', hukou_area_code: ELSEWHERE })], [], { counties: [513027] })
    check([cancelled(), death({ area_code: '' })], [], { counties: [513027] })
  })
})

describe('births', () => {
  const mother = () =>
    police({ person: 'mother', id_number: '513027199803150023', name: '李秀英', sex: '2', household_no: 'H9' })
  const mothersRow = () =>
    census({ person: 'mother', id_number: '513027199803150023', name: '李秀英', sex: '2', household_no: '009' })
  const family = () => [mother(), mothersRow()]
  const infant = (fields = {}) => census({ id_number: '', birth_month: '202004', ...fields })
  const child = (fields = {}) => police({ id_number: '', birth_date: '20200401', ...fields })

  test('not registered more than 30 days after the birth, a parent with a hukou here', () => {
    const [paper, here] = [birth({ mother_id: '513027199803150023' }), infant()]
    check(
      [...family(), paper, here],
      [
        ['birth-not-registered', 'S2', paper],
        ['id-missing', 'S3', here],
      ],
    )
  })

  test('born 30 days before, the grace period is not over; one day more and it is', () => {
    const due = birth({ mother_id: '513027199803150023', birth_date: '20201001' })
    const here = infant({ birth_month: '202010' })
    check(
      [...family(), due, here],
      [
        ['birth-not-registered', 'S2', due],
        ['id-missing', 'S3', here],
      ],
    )
    const running = birth({ mother_id: '513027199803150023', birth_date: '20201002' })
    check([...family(), running, here], [['id-missing', 'S3', here]])
  })

  test('the father’s hukou is enough, a parent’s from elsewhere is not', () => {
    const father = birth({ father_id: '513027199803150023', mother_id: NUMBER })
    const here = infant()
    check(
      [...family(), father, here],
      [
        ['birth-not-registered', 'S2', father],
        ['id-missing', 'S3', here],
      ],
    )
    check([...family(), birth({ mother_id: NUMBER }), here], [['id-missing', 'S3', here]])
  })

  test('a newborn with a hukou and no row, or living here without a hukou', () => {
    const [file, paper] = [child(), birth()]
    check(
      [...family(), file, paper],
      [
        ['newborn-missing', 'S1', paper, file],
        ['id-missing', 'S3', file],
      ],
    )
    const alone = birth()
    check([...family(), alone], [['newborn-missing', 'S1', alone]])
  })

  test('a newborn whose mother lives elsewhere is looked for where it is registered', () => {
    const [file, paper] = [child(), birth({ area_code: ELSEWHERE })]
    const said = say([...family(), file, paper], { counties: [513027] }).filter((line) => line.startsWith('newborn'))
    expect(said).toEqual([`newborn-missing S1 police:${file.id},births:${paper.id}`])
  })

  test('a row cancelled because the birth was registered twice takes nothing back', () => {
    const [file, paper] = [child(), birth()]
    const cancelledTwin = child({ status: '8', cancelled_on: '20200810' })
    check(
      [...family(), file, cancelledTwin, paper],
      [
        ['newborn-missing', 'S1', paper, file],
        ['id-missing', 'S3', file],
      ],
    )
  })

  test('a newborn of elsewhere is outside', () => {
    const paper = birth({ area_code: ELSEWHERE })
    check([...family(), paper], [['birth-outside-area', 'S0', paper]])
  })

  test('born on the reference day: nothing is missing', () =>
    check([...family(), birth({ birth_date: '20201101' })], []))

  test('born and died in the window and on neither form', () => {
    const [paper, end] = [birth(), death({ id_number: '', birth_date: '20200401', name: '' })]
    check(
      [...family(), paper, end],
      [
        ['infant-birth-death-missing', 'S2', paper, end],
        ['death-form-missing', 'S2', end],
      ],
    )
  })

  test('aged 0 with neither hukou nor certificate', () => {
    const here = infant()
    check(
      [here],
      [
        ['birth-without-certificate', 'S2', here],
        ['id-missing', 'S3', here],
      ],
    )
    const visitor = infant({ hukou_place: '4', hukou_area_code: ELSEWHERE })
    check(
      [visitor],
      [
        ['inbound-unverified', 'S0', visitor],
        ['id-missing', 'S3', visitor],
      ],
    )
    const older = infant({ birth_month: '201910' })
    check(
      [older],
      [
        ['claimed-hukou-not-found', 'S2', older],
        ['id-missing', 'S3', older],
      ],
    )
  })
})
