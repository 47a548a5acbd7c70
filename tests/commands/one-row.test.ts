/** One row in all: what the commands say of it is a sentence, and no number is none. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Outcome, programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-one-row')
const bidui = programIn(folder)
let told: Outcome

describe('one row in all', () => {
  beforeAll(() => {
    writeFileSync(
      join(folder, 'police.csv'),
      'record_id,id_number,name,sex,birth_date,household_no,area_code\nP1,,王某,1,19990203,1,513027001002\n',
    )
    told = bidui('run', '--police', 'police.csv', '--out', 'run')
    expect(told.status).toBe(0)
  })

  test('is one row, one record and one person', () => {
    expect(told.err).toContain('1 row · ')
    expect(`${told.out}${told.err}`).toMatch(/1 record\n[^]*1 person, /u)
    expect(`${told.out}${told.err}`).not.toMatch(/\b1 (?:rows|records|people|pairs|links|findings)\b/u)
  })

  test('is evaluated: nothing was to be found, and nothing is lost', () => {
    const { out, status } = bidui('evaluate', 'run', '--truth', 'run/people.csv')
    expect(status).toBe(0)
    expect(out).toContain('1 record judged')
    expect(out).toContain('recall lost 0.000000')
    expect(out).not.toContain('NaN')
    const loss = JSON.parse(bidui('evaluate', 'run', '--truth', 'run/people.csv', '--json').out) as object
    expect(loss).toMatchObject({ blocking: { missed: 0, neverProposed: 0, recallLost: 0 } })
  })

  test('is estimated: no pair to score', () => {
    const { out } = bidui('blocks', '--police', 'police.csv', '--workers', '1')
    expect(out).toContain('Scoring 0 pairs takes less than a second with 1 worker,')
    expect(out).not.toContain('Largest blocks')
  })
})
