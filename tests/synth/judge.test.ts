/** The judge of made-up counties, on rows written by hand: each case is one reading of a rule of docs/findings.md. */
import { expect, test } from 'vitest'
import type { RegisterName } from '../../src/synth/rows.ts'
import { type Fields, away, census, death, form, HOME, inTown, judge, police, TOWN } from './judged-rows.ts'

test.each<[string, Partial<Record<RegisterName, readonly Fields[]>>, readonly string[]]>([
  ['a person at home is no finding', { police: [police()], census: [census(HOME)] }, []],
  [
    'an away row and a present row that agree are a pair',
    { police: [police()], census: [away('4'), inTown()] },
    ['separated-pair census:2 census:1'],
  ],
  [
    'answers on both sides of half a year are a conflict, not a pair',
    { police: [police()], census: [away('4', { away_duration: '2' }), inTown()] },
    ['halfyear-conflict-double census:2 census:1'],
  ],
  [
    'the other way round the person is counted nowhere',
    { police: [police()], census: [away('4'), inTown({ away_duration: '2' })] },
    ['halfyear-conflict-zero census:2 census:1'],
  ],
  [
    'six digits that fit are enough',
    { police: [police()], census: [away('4', { residence_area_code: '513027' }), inTown()] },
    ['separated-pair census:2 census:1'],
  ],
  [
    'an away row that names another township is a wrong claim',
    { police: [police()], census: [away('4', { residence_area_code: '513027003001' }), inTown()] },
    ['residence-claim-mismatch census:1'],
  ],
  [
    'present at home and in town',
    { police: [police()], census: [census(HOME), inTown()] },
    ['present-twice census:1 census:2'],
  ],
  [
    'present twice away from the hukou',
    { police: [police()], census: [inTown(), census('513027003001', { hukou_place: '3' })] },
    ['duplicate-cross-place census:1 census:2'],
  ],
  [
    'present twice in one village',
    { police: [police()], census: [inTown(), inTown({ block_code: `${TOWN}002` })] },
    ['duplicate-same-place census:1 census:2'],
  ],
  [
    'present and away in one block',
    { police: [police()], census: [census(HOME), away('5', { household_no: '002' })] },
    ['present-and-away census:1 census:2'],
  ],
  [
    'away in another block of the village is a pair',
    { police: [police()], census: [away('2'), census(HOME, { block_code: `${HOME}002` })] },
    ['separated-pair census:2 census:1'],
  ],
  [
    'away alone, said to be in the county',
    { police: [police()], census: [away('4')] },
    ['missing-at-residence census:1'],
  ],
  ['away alone, said to be beyond it', { police: [police()], census: [away('5')] }, ['outbound-unverified census:1']],
  ['in town alone', { police: [police()], census: [inTown()] }, ['missing-at-hukou census:1']],
  ['nowhere', { police: [police()] }, ['missing-everywhere police:1']],
  [
    'nowhere, and born before 1925',
    { police: [police({ birth_date: '19240302', id_number: '' })] },
    ['id-missing police:1', 'missing-possibly-dead police:1'],
  ],
  [
    'a hukou that moves out after the day still stands on it',
    { police: [police({ status: '2', moved_out_on: '20201105' })], census: [census(HOME)] },
    [],
  ],
  [
    'a hukou that moves in after the day does not stand yet',
    { police: [police({ moved_in_on: '20201105' })], census: [census(HOME)] },
    ['claimed-hukou-not-found census:1'],
  ],
  [
    'an old version does not count',
    { police: [police({ record_flag: '0' })], census: [census(HOME, { hukou_place: '4' })] },
    ['inbound-unverified census:1'],
  ],
  [
    'moved away and still listed',
    { police: [police({ status: '2', moved_out_on: '20190105' })], census: [away('5')] },
    ['away-row-after-move census:1'],
  ],
  [
    'moved away, undetermined',
    {
      police: [police({ status: '2', moved_out_on: '20190105' })],
      census: [inTown({ hukou_place: '5', hukou_area_code: '' })],
    },
    ['pocket-hukou police:1 census:1'],
  ],
  [
    'a dead person listed takes no presence test',
    { police: [police()], census: [away('4')], deaths: [death('2020-03-02')] },
    ['counted-dead census:1 deaths:1', 'dead-not-cancelled police:1 deaths:1'],
  ],
  [
    'a death after the day is a person of the census',
    { police: [police()], deaths: [death('2020-11-05')] },
    ['missing-died-after-reference police:1 deaths:1'],
  ],
  [
    'a death in the window without a form',
    {
      police: [police({ status: '1', death_date: '20200302', cancelled_on: '20200310' })],
      deaths: [death('2020-03-02')],
    },
    ['death-form-missing deaths:1'],
  ],
  [
    'a form without a paper, hukou open',
    { police: [police()], census_deaths: [form('202003')] },
    ['reported-death-unconfirmed census_deaths:1'],
  ],
  [
    'a form and a present row',
    { police: [police()], census: [census(HOME)], census_deaths: [form('202003')] },
    ['dead-and-alive census_deaths:1 census:1', 'reported-death-unconfirmed census_deaths:1'],
  ],
  [
    'two forms, of too early a month',
    { census_deaths: [form('201903'), form('201903')] },
    [
      'death-form-duplicate census_deaths:1 census_deaths:2',
      'death-form-out-of-window census_deaths:1',
      'death-form-out-of-window census_deaths:2',
    ],
  ],
  [
    'two active rows',
    { police: [police(), police({ area_code: TOWN, household_no: '9' })], census: [census(HOME)] },
    ['double-hukou police:1 police:2'],
  ],
  [
    'two active rows, one moved in',
    {
      police: [police(), police({ area_code: TOWN, household_no: '9', moved_in_on: '20180101' })],
      census: [census(HOME)],
    },
    ['moved-not-cancelled police:1 police:2'],
  ],
  [
    'one number, two people',
    {
      police: [police(), police({ person: '1', name: '李强', household_no: '2' })],
      census: [census(HOME), census(HOME, { person: '1', name: '李强', household_no: '002' })],
    },
    ['shared-id police:1 police:2'],
  ],
  [
    'a number that stands on the cancelled row of somebody else is not shared',
    {
      police: [police(), police({ person: '1', name: '李强', household_no: '2', status: '1' })],
      census: [census(HOME)],
    },
    [],
  ],
  ['another name', { police: [police()], census: [census(HOME, { name: '王强' })] }, ['main-item-error census:1']],
  ...['王\ufffd', '王□', '王■', '王〓', '王⿰亻韦', '王\u{f0001}'].map(
    (name): [string, { police: Fields[]; census: Fields[] }, string[]] => [
      `a character lost is no error of the register (${name})`,
      { police: [police()], census: [census(HOME, { name })] },
      [],
    ],
  ),
  [
    'a traditional character is another way to write it',
    { police: [police()], census: [census(HOME, { name: '王偉' })] },
    [],
  ],
  [
    'a wrong digit',
    { police: [police()], census: [census(HOME, { id_number: '513027199403020491' })] },
    ['id-invalid-check census:1', 'main-item-error census:1'],
  ],
  [
    'a lower x and spaces are the same number',
    { police: [police()], census: [census(HOME, { id_number: ' 51302719940302049x' })] },
    [],
  ],
  [
    'another sex and another month',
    { police: [police()], census: [census(HOME, { sex: '2', birth_month: '199404' })] },
    ['id-birth-mismatch census:1', 'id-sex-mismatch census:1', 'main-item-error census:1'],
  ],
  [
    'two other lengths on one side of half a year are a detail of the pair',
    { police: [police()], census: [away('4'), inTown({ away_duration: '6' })] },
    ['departure-detail-mismatch census:2 census:1', 'separated-pair census:2 census:1'],
  ],
  ['away abroad', { police: [police()], census: [away('7')] }, ['abroad-counted census:1']],
  [
    'listed, and dead after the day',
    { police: [police()], census: [census(HOME)], deaths: [death('2020-11-01')] },
    ['died-after-reference census:1 deaths:1'],
  ],
  [
    'undetermined, and in no register',
    { census: [census(HOME, { hukou_place: '5' })] },
    ['hukou-undetermined census:1'],
  ],
  [
    'undetermined where the hukou was deleted is a fair reading only',
    { police: [police({ status: '7' })], census: [census(HOME, { hukou_place: '5' })] },
    [],
  ],
  [
    'cancelled on the 31st day',
    { police: [police({ status: '1', death_date: '20200101', cancelled_on: '20200201' })] },
    ['late-cancellation police:1'],
  ],
  [
    'cancelled on the 30th day',
    { police: [police({ status: '1', death_date: '20200101', cancelled_on: '20200131' })] },
    [],
  ],
  [
    'a filler is no number',
    { police: [police()], census: [census(HOME, { id_number: '无' })] },
    ['id-placeholder census:1'],
  ],
  [
    'fifteen digits are the same number',
    {
      police: [police({ id_number: '513027700302049', birth_date: '19700302' })],
      census: [census(HOME, { id_number: '513027700302049', birth_month: '197003' })],
    },
    ['id-legacy-15 census:1', 'id-legacy-15 police:1'],
  ],
  [
    'a number cut by a spreadsheet',
    { police: [police()], census: [census(HOME, { id_number: '513027199403022000' })] },
    ['id-excel-truncated census:1'],
  ],
  [
    'a day that no calendar has',
    { census: [census(HOME, { id_number: '513027199402300490', hukou_place: '4' })] },
    ['id-invalid-date census:1', 'inbound-unverified census:1'],
  ],
  [
    'a year out of reach with a wrong check digit is a wrong check digit',
    { census: [census(HOME, { id_number: '513027109403020490', hukou_place: '4' })] },
    ['id-invalid-check census:1', 'inbound-unverified census:1'],
  ],
  [
    'a stranger in a family, living elsewhere',
    { police: [police({ relation: '99' })], census: [away('5')] },
    ['attached-hukou police:1', 'outbound-unverified census:1'],
  ],
  [
    'a parked hukou where nobody lives',
    { police: [police()], census: [away('5', { away_reason: '寄挂户口' })] },
    ['empty-hukou police:1', 'outbound-unverified census:1'],
  ],
])('%s', (_, rows, expected) => {
  expect(judge(rows).must).toEqual([...expected].sort())
})
