/** The desk names a village as its addresses do, and by its code where they do not agree. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setLanguage } from '../../../../src/review/page/words/index.ts'
import { villageWord } from '../../../../src/review/page/words/places.ts'
import { FindingDesk } from '../../../../src/review/server/desks/finding-desk.ts'
import { HandsAtDesk, zhang } from '../../../support/desk-hands.ts'
import { makeRunDatabase } from '../../../support/make-run-database.ts'

const at = new HandsAtDesk()
const VILLAGE = '513027101201'

test('a task and a finding say the name of their village', () => {
  const { directory } = makeRunDatabase(join(at.folder, 'villages'), 700)
  const database = new Database(join(directory, 'run.sqlite'))
  for (const name of ['东风', '新桥', '双河', '石门'])
    database
      .prepare("UPDATE record SET raw = replace(raw, ?, '和平村') WHERE substr(area_code, 1, 12) = ?")
      .run(`${name}村`, VILLAGE)
  database.close()
  at.desk.openRun(directory)
  const village = (area: string) => {
    const task = at.desk.state.tasks.find((one) => one.area.startsWith(area))!
    return at.desk.view(task, task.pairs, 'first').village
  }
  expect(village(VILLAGE)).toBe('和平村')
  expect(village('513027102')).toBe('')
  const findings = new FindingDesk(at.desk).next(zhang, []).findings
  expect(findings.length).toBeGreaterThan(0)
  for (const { areaCode, village: name } of findings)
    expect(name).toBe(areaCode.startsWith(VILLAGE) ? '和平村' : at.desk.run.villageName(areaCode))
})

test('in words: name and code, the code alone, nothing where the code ends before', () => {
  setLanguage('zh')
  expect(villageWord('513027101201', '和平村')).toBe('和平村 201')
  expect(villageWord('513027101201', '')).toBe('村居 201')
  expect(villageWord('513027101', '')).toBe('')
})
