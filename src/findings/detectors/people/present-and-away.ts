/**
 * 在外并报: a present and an away row of one person in one block of the hukou village. A present row in the next block
 * beside an away row D7 = 2 is legitimate and not met here.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('present-and-away')

export const presentAndAway: PersonDetector = {
  when: BIT.OPEN | BIT.PRESENT | BIT.AWAY,
  detect(s, out) {
    const { area } = s.ground.table.columns
    for (let k = 0; k < s.away.length; k++) {
      const gone = s.away.items[k]
      if (!s.isHukouVillage(area[gone])) continue
      for (let j = 0; j < s.present.length; j++) {
        const here = s.present.items[j]
        if (!s.isSameBlock(here, gone) || !out.start(CODE)) continue
        out.row(here)
        out.row(gone)
        out.end()
      }
    }
  },
  sentences: {
    'present-and-away': (f, w) => `${w.block(f.rows[0])}内既登记为现住，又登记为外出到${w.residence(f.rows[1])}。`,
  },
}
