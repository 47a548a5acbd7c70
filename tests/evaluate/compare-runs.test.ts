import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compareFindings } from '../../src/evaluate/compare-runs.ts'
import { readFindingHeads } from '../../src/evaluate/read-tables.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-compare')

function heads(name: string, lines: readonly string[]) {
  const path = join(folder, name)
  writeFileSync(path, ['finding_id,code,severity,records,detail', ...lines, ''].join('\n'))
  return readFindingHeads(path)
}

test('a finding is new, gone or still there by its id, and one whose severity changed is both', () => {
  const earlier = heads('a.csv', [
    'F1,double-hukou,S2,police:1;police:2,x',
    'F2,id-missing,S3,census:1,"a,""b"',
    'F3,id-missing,S3,census:2,x',
    'F4,missing-at-hukou,S1,police:4,x',
  ])
  const later = heads('b.csv', [
    'F9,id-missing,S3,census:9,x',
    'F2,id-missing,S3,census:1,x',
    'F4,missing-at-hukou,S2,police:4,x',
    'F8,id-missing,S3,census:8,x',
    'F1,double-hukou,S2,police:1;police:2,x',
  ])
  expect(compareFindings(earlier, later)).toEqual([
    { code: 'missing-at-hukou', severity: 'S1', kept: 0, new: [], gone: ['F4'] },
    { code: 'missing-at-hukou', severity: 'S2', kept: 0, new: ['F4'], gone: [] },
    { code: 'double-hukou', severity: 'S2', kept: 1, new: [], gone: [] },
    { code: 'id-missing', severity: 'S3', kept: 1, new: ['F8', 'F9'], gone: ['F3'] },
  ])
  const turned = compareFindings(later, earlier)
  for (const { severity, code, kept, ...moved } of compareFindings(earlier, later))
    expect(turned).toContainEqual({ severity, code, kept, new: moved.gone, gone: moved.new })
})
