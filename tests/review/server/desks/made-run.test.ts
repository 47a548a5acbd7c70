/** The run that the desk's tests and pictures show: its families are such as a registrar would let pass. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RunReader } from '../../../../src/review/run-reader.ts'
import { makeRunDatabase } from '../../../support/make-run-database.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-made')

test('husbands are men, wives women, both grown up, sons boys and daughters girls of their age', () => {
  const { directory } = makeRunDatabase(join(folder, 'run'), 120, { askedPerHousehold: 2 })
  const source = new RunReader(directory)
  try {
    const seen = new Set<string>()
    for (let n = 1; n <= 200; n++) {
      const record = source.record(`police:P${String(n).padStart(7, '0')}`)
      if (record === undefined) break
      const { relation, sex, birth_date } = record.raw
      seen.add(relation)
      expect([relation, sex]).toEqual([relation, relation === '户主' || relation === '子' ? '1' : '2'])
      const age = 2020 - Number(birth_date.slice(0, 4))
      const isGrown = relation === '户主' || relation === '妻'
      expect([relation, isGrown ? age >= 24 : age <= 3]).toEqual([relation, true])
    }
    expect([...seen].sort()).toEqual(['女', '妻', '子', '户主'].sort())
  } finally {
    source.close()
  }
})
