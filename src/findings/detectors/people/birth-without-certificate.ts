/**
 * 无出生医学证明: a census row aged 0 with neither a police row nor a certificate. An infant whose rows all say another
 * county is inbound-unverified's.
 */
import type { PersonDetector } from '../../detector.ts'
import { BIT } from '../../situation.ts'
import { codeNumber } from '../../table.ts'

const CODE = codeNumber('birth-without-certificate')

export const birthWithoutCertificate: PersonDetector = {
  when: BIT.CENSUS | BIT.NO_POLICE | BIT.NO_BIRTH,
  detect(s, out) {
    if (!s.isInfant()) return
    const { ground } = s
    const { birth, hukouPlace, residence } = ground.table.columns
    let isOfElsewhere = true
    for (let k = 0; k < s.census.length; k++) {
      const row = s.census.items[k]
      if (residence[row] !== 1 || hukouPlace[row] !== 4) isOfElsewhere = false
    }
    if (isOfElsewhere || !out.start(CODE)) return
    for (let k = 0; k < s.census.length; k++)
      if (ground.isInWindow(birth[s.census.items[k]])) out.row(s.census.items[k])
    out.end()
  },
  sentences: {
    'birth-without-certificate': (f, w) =>
      `${w.blocks(f.rows)}登记为${w.birth(f.rows[0])}出生，没有户口，也没有出生医学证明。`,
  },
}
