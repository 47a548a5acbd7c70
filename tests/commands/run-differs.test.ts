import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { differenceFromRun, findingsOfRun, personOfRun } from '../../src/commands/opened-run/run-differs.ts'
import { toolVersion } from '../../src/report/run-directory/manifest.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = temporaryFolder('bidui-differs')
writeFileSync(
  join(run, 'people.csv'),
  [
    'person_id,register,record_id',
    'PAAA,police,1',
    'PAAA,census,11',
    'PBBB,police,2',
    'PCCC,census,1',
    'PCCC,census,"a,""b"',
    'PDDD,census,111',
    '',
  ].join('\n'),
)
writeFileSync(
  join(run, 'findings.csv'),
  [
    'finding_id,code,severity,lineage,certainty,person_id,records,area_code,detail',
    'F1,double-hukou,S2,reg,certain,PAAA,police:1;census:11,51,',
    'F2,id-missing,S3,cen,certain,PDDD,census:111,51,',
    'F3,household-count-mismatch,S2,cen,certain,,census:2;census:11,51,"a,b"',
    '',
  ].join('\n'),
)
const mine = { versions: { bidui: toolVersion(), node: '', icu: '', unicode: '' } }

test('the rows of a person and the findings that name them are those of the run, whole keys only', () => {
  expect(personOfRun(run, 'census:11')).toEqual(['police:1', 'census:11'])
  expect(personOfRun(run, 'police:2')).toEqual(['police:2'])
  expect(personOfRun(run, 'census:a,"b')).toEqual(['census:1', 'census:a,"b'])
  expect(personOfRun(run, 'census:3')).toBeUndefined()
  expect(findingsOfRun(run, ['police:1', 'census:11'])).toEqual(['F1', 'F3'])
  expect(findingsOfRun(run, ['census:1'])).toEqual([])
})

test('an answer of today that is the one of the run says nothing', () => {
  expect(differenceFromRun(run, mine, { rows: ['census:11', 'police:1'], findings: ['F3', 'F1'] })).toBe('')
  expect(differenceFromRun(run, mine, { rows: ['police:2'] })).toBe('')
})

test('rows joined or parted since, other findings and another version are each told', () => {
  expect(differenceFromRun(run, mine, { rows: ['police:1', 'census:11', 'census:111'] })).toMatch(
    /^\[E156\] .*one person in the run: police:1 census:11; linked again today: police:1 census:11 census:111/,
  )
  expect(differenceFromRun(run, mine, { rows: ['police:1', 'census:11'], findings: ['F1'] })).toMatch(
    /2 there, 1 today/,
  )
  const older = { versions: { ...mine.versions, bidui: '0.0.1' } }
  expect(differenceFromRun(run, older, { rows: ['police:2'] })).toContain('made by bidui 0.0.1')
})
