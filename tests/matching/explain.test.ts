import { expect, test } from 'vitest'
import { BEYOND, beyondWords } from '../../src/matching/beyond-pair.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../../src/matching/compare/levels.ts'
import { keyOf, numberWords, partWords, placeWords, reasonBeyond } from '../../src/matching/explain.ts'
import { PAIR_CLASS, PLACE_LEVEL } from '../../src/matching/kernel.ts'
import { ID_KIND } from '../../src/records/record-table.ts'
import { buildTable } from '../support/build-table.ts'
import { census, OTHER, police, VILLAGE } from '../support/village-rows.ts'

const beyondOf = (pairClass: number, layer: string, gained: number, beyond: number = BEYOND.none, isOfBirth = false) =>
  reasonBeyond(pairClass, { layer, beyond }, gained, isOfBirth)

test('what speaks for a pair is not called a reason against it, and the other way round', () => {
  for (const pairClass of [PAIR_CLASS.policeCensus, PAIR_CLASS.censusCensus, PAIR_CLASS.policePolice])
    for (const layer of ['statistical', 'review']) {
      expect(beyondOf(pairClass, layer, 400)[0]).toBe('context')
      expect(beyondOf(pairClass, layer, -400)[0]).toBe('against')
      // A relative at home that was noted, where the whole speaks against the pair: it is not what decided.
      expect(beyondOf(pairClass, layer, -400, BEYOND.relatives)[0]).toBe('against')
      expect(beyondOf(pairClass, layer, 400, BEYOND.taken)[0]).toBe('context')
    }
  expect(beyondOf(PAIR_CLASS.policePolice, 'statistical', 400, BEYOND.version)[0]).toBe('version')
  expect(beyondOf(PAIR_CLASS.policeCensus, 'household', -400)[0]).toBe('household')
  expect(beyondOf(PAIR_CLASS.policePolice, 'household', -400)[0]).toBe('against')
  for (const layer of ['household', 'leftover'])
    expect(beyondOf(PAIR_CLASS.other, layer, -400, BEYOND.none, true)[0]).toBe('infant')
})

test('each reason beyond the pair is said by itself, in one clause', () => {
  const names = Object.entries(BEYOND).filter(([name]) => !['none', 'household', 'leftover'].includes(name))
  const said = names.map(([name, beyond]) => {
    const rows = [400, -400].flatMap((gained) => beyondWords(beyond, gained) ?? [])
    expect(rows, name).not.toEqual([])
    const [, , en, sentence] = rows
    // Two reasons in one row leave whoever asks to guess which it was.
    expect(sentence, name).not.toContain('或')
    expect(en, name).not.toContain(' or ')
    return sentence
  })
  expect(new Set(said).size).toBe(said.length)
  const words = (beyond: number) => beyondOf(PAIR_CLASS.policeCensus, 'review', -400, beyond)[3]
  expect([BEYOND.rivals, BEYOND.taken, BEYOND.noRelative].map(words)).toEqual([
    '另有相近候选',
    '该人已有同类登记',
    '家人不在该户',
  ])
})

test('a pair that waits although a layer of households found it is told by that layer', () => {
  const words = (beyond: number, isOfBirth = false) =>
    beyondOf(PAIR_CLASS.policeCensus, 'review', 400, beyond, isOfBirth)[0]
  expect(words(BEYOND.household)).toBe('household')
  expect(words(BEYOND.leftover)).toBe('leftover')
  expect(words(BEYOND.leftover, true)).toBe('infant')
})

test('where a row says a part of the name or the birth, the words tell why it weighs', () => {
  const weights = (is: boolean) => ({ saySameSurname: () => is, isNickname: () => is, isYearAlone: () => is })
  const said = (comparison: string, level: number, is = true) => partWords(weights(is), comparison, level, 0, 1)?.[1]
  expect(said('name', NAME_LEVEL.missing)).toBe('姓相同（一方只知姓）')
  for (const level of [NAME_LEVEL.oneOther, NAME_LEVEL.givenEqual])
    expect(said('name', level)).toBe('小名或只称名（与姓名相合）')
  expect(said('birth', BIRTH_LEVEL.yearEqual)).toBe('出生年相同（一方只有年份）')
  for (const [comparison, level] of [
    ['name', NAME_LEVEL.exact],
    ['name', NAME_LEVEL.different],
    ['birth', BIRTH_LEVEL.monthEqual],
    ['sex', 1],
  ] as const)
    expect(said(comparison, level)).toBeUndefined()
  for (const [comparison, level] of [
    ['name', NAME_LEVEL.missing],
    ['name', NAME_LEVEL.oneOther],
    ['birth', BIRTH_LEVEL.yearEqual],
  ] as const)
    expect(said(comparison, level, false)).toBeUndefined()
})

test('a number that is compared with nothing is told from one that is not there', () => {
  const idKind = Uint8Array.from([ID_KIND.valid, ID_KIND.nobodys, ID_KIND.missing])
  const said = (comparison: string, level: number, right: number) =>
    numberWords({ idKind }, comparison, level, 0, right)?.[1]
  expect(said('id', ID_LEVEL.missing, 1)).toBe('证件号为多户不同的人共用，不比')
  expect(said('id', ID_LEVEL.missing, 2)).toBeUndefined()
  expect(said('name', NAME_LEVEL.missing, 1)).toBeUndefined()
})

test('a form that names no hukou is not said to claim another one than the register', async () => {
  const { name, sex } = { name: '庄国忠', sex: '1' }
  const { table } = buildTable([
    police('P1', { name, sex, birth_date: '19510718' }),
    { register: 'census_deaths', id: 'D1', block_code: `${VILLAGE}003`, name, sex, birth_month: '195107' },
    census('C1', { name, sex, birth_month: '195107', hukou_place: '4', hukou_area_code: OTHER }),
  ])
  const [registered, form, listed] = ['police:P1', 'census_deaths:D1', 'census:C1'].map(
    (key) => Array.from({ length: table.rows }, (_, row) => row).find((row) => keyOf(table, row) === key)!,
  )
  const said = (left: number, right: number, level: number = PLACE_LEVEL.sameVillageHere) =>
    placeWords(table, 'place', level, left, right)?.[1]
  expect(said(registered, form)).toBe('有一方未报户籍地，但登记在同一村居')
  expect(said(form, listed)).toBe('有一方未报户籍地，但登记在同一村居')
  expect(said(registered, listed)).toBeUndefined()
  expect(said(registered, form, PLACE_LEVEL.village)).toBeUndefined()
})
