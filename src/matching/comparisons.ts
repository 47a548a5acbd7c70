/** What is compared of a county pair: names, bits of the pattern, number of levels. */
import { SHIFT } from './kernel.ts'

/** Comparisons of a county pair, in the order of the pattern's bits. */
export const COMPARISONS = [
  { name: 'name', zh: '姓名', shift: SHIFT.name, levels: 12, mask: 15 },
  { name: 'birth', zh: '出生', shift: SHIFT.birth, levels: 11, mask: 15 },
  { name: 'id', zh: '公民身份号码', shift: SHIFT.id, levels: 12, mask: 15 },
  { name: 'sex', zh: '性别', shift: SHIFT.sex, levels: 3, mask: 3 },
  { name: 'place', zh: '户籍地', shift: SHIFT.place, levels: 8, mask: 7 },
  { name: 'kin', zh: '父母/去向', shift: SHIFT.kin, levels: 8, mask: 7 },
  { name: 'address', zh: '住址', shift: SHIFT.address, levels: 4, mask: 3 },
] as const

/** Where a comparison stands in COMPARISONS and in tables of m and u. */
export const COMPARISON = { name: 0, birth: 1, id: 2, sex: 3, place: 4, kin: 5, address: 6 } as const
