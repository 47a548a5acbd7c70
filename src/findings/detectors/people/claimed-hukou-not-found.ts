/**
 * 户口登记地查无: a present row that says the hukou is in the county (D8 1–3) while none is active and no certificate of
 * birth explains it; or an away row of somebody the register has never had. Infants are birth-without-certificate's.
 */
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { BIT, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('claimed-hukou-not-found')

export const claimedHukouNotFound: PersonDetector = {
  when: BIT.OPEN | BIT.NO_P1 | BIT.CENSUS | BIT.NO_BIRTH,
  detect(s, out) {
    if (s.isInfant()) return
    const { hukouPlace } = s.ground.table.columns
    for (let k = 0; k < s.present.length; k++) {
      const place = hukouPlace[s.present.items[k]]
      if (place >= 1 && place <= 3) write(s, s.present.items[k], out)
    }
    if (s.effective.length > 0 || s.otherVersions.length > 0) return
    for (let k = 0; k < s.away.length; k++) write(s, s.away.items[k], out)
  },
  sentences: {
    'claimed-hukou-not-found': (f, w) => {
      const row = f.rows[0]
      const said =
        w.table.columns.residence[row] === 1 ? `填户口登记地为${w.hukouPlace(row)}` : '登记为户口在此、人外出'
      return `${w.block(row)}${said}，户籍册上没有有效户口。`
    },
  },
}

function write(s: Situation, row: number, out: FindingList): void {
  if (!out.start(CODE)) return
  out.row(row)
  for (let k = 0; k < s.effective.length; k++) out.evidence(s.effective.items[k])
  out.end()
}
