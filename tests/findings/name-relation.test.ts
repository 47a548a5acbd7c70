import { describe, expect, test } from 'vitest'
import { NAME_RELATION, NameReader } from '../../src/findings/name-relation.ts'
import { featuresOf } from '../normalise/dictionary-of.ts'

const { same, variant, damaged, different } = NAME_RELATION

describe.each([
  ['with features', true],
  ['from the texts', false],
])('how two written names of one person stand to each other, %s', (_, hasFeatures) => {
  test.each([
    ['陈建国', '陳建国', variant],
    ['陈建国', '陈建军', different],
    ['陈建国', '陈□国', damaged],
    ['玉努斯·麦麦提', '麦麦提·玉努斯', variant],
    // Nobody's name: the register is not at fault, whatever surname a neighbour remembered.
    ['陈建国', '陈某', same],
    ['陈建国', '马某', same],
    ['陈建国', '未取名', same],
    ['陈建国', '', same],
    ['陈建国', '毛毛', different],
    ['陈建国', '小陈', different],
    ['陈建国', '老陈', different],
    ['陈建国', '陈', different],
    ['陈建国', '国儿', different],
  ])('%s beside %s', (one, other, relation) => {
    const { names, features } = featuresOf([one, other].filter((text) => text !== ''))
    const reader = new NameReader(names, hasFeatures ? features : undefined)
    const [a, b] = [one, other].map((text) => names.internText(text))
    expect([reader.relation(a, b), reader.relation(b, a)]).toEqual([relation, relation])
  })
})
