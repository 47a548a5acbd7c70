import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyNamed } from '../../src/commands/opened-run/key-named.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = temporaryFolder('bidui-key-named')
const [anna, many, single] = ['P0000000000AAA', 'F0000000000MNY', 'F0000000000SNG']
writeFileSync(
  join(run, 'people.csv'),
  ['person_id,register,record_id', 'P0000000000ZZZ,police,9', `${anna},census,"a,""b"`, `${anna},police,1`, ''].join(
    '\n',
  ),
)
const records = Array.from({ length: 20 }, (_, n) => `census:${n + 3};x`).join(';')
writeFileSync(
  join(run, 'findings.csv'),
  [
    'finding_id,code,severity,lineage,certainty,person_id,records,area_code,detail',
    `${many},household-duplicate,S1,cen,certain,,${records},51,`,
    `${single},id-missing,S3,cen,certain,${anna},police:7,51,"a,b"`,
  ].join('\n'),
)

test('a person stands for the first of his rows and a finding for the first of its records', () => {
  expect(keyNamed(run, anna)).toBe('census:a,"b')
  expect(keyNamed(run, single)).toBe('police:7')
  // More semicolons than commas, one of them in the record's own id.
  expect(keyNamed(run, many)).toBe('census:3;x')
})

test('what is no id of a person or a finding is taken for a record, whole', () => {
  for (const word of ['police:P0001', 'P0001', 'F00', `census:${anna}`]) expect(keyNamed(run, word)).toBe(word)
})

test('an id that the run does not have is refused with the file in which to look', () => {
  expect(() => keyNamed(run, 'P0000000000AAB')).toThrow(/no such person/)
  expect(() => keyNamed(run, 'F0000000000AAB')).toThrow(/no such finding/)
})
