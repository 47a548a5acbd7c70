import { expect, test } from 'vitest'
import { reasonBeyond } from '../../src/matching/explain.ts'
import { PAIR_CLASS } from '../../src/matching/kernel.ts'

test('what speaks for a pair is not called a rival of it, and the other way round', () => {
  for (const pairClass of [PAIR_CLASS.policeCensus, PAIR_CLASS.censusCensus])
    for (const layer of ['statistical', 'review']) {
      expect(reasonBeyond(pairClass, layer, 400)[0]).toBe('context')
      expect(reasonBeyond(pairClass, layer, -400)[0]).toBe('rivals')
    }
  expect(reasonBeyond(PAIR_CLASS.policePolice, 'review', 400)[0]).toBe('census')
  expect(reasonBeyond(PAIR_CLASS.policePolice, 'statistical', 400, { isOfVersion: true })[0]).toBe('version')
  expect(reasonBeyond(PAIR_CLASS.policePolice, 'review', -400)[0]).toBe('rivals')
  expect(reasonBeyond(PAIR_CLASS.policeCensus, 'household', -400)[0]).toBe('household')
  for (const layer of ['household', 'leftover'])
    expect(reasonBeyond(PAIR_CLASS.other, layer, -400, { isOfBirth: true })[0]).toBe('infant')
})
