/**
 * What somebody is to the head of a household, in the words of each register.
 *
 * In:  two people. Out: the relation as GB/T 4761 code or word (register), as D2 code (census).
 */
import type { Person } from './people.ts'

type Kin =
  | 'self'
  | 'spouse'
  | 'child'
  | 'grandchild'
  | 'parent'
  | 'spouse-parent'
  | 'child-spouse'
  | 'sibling'
  | 'grandparent'
  | 'other'

const isChild = (person: Person, parent: Person | undefined): boolean =>
  parent !== undefined && (person.father === parent || person.mother === parent)

export function kinOf(head: Person, person: Person): Kin {
  if (head === person) return 'self'
  if (head.spouse === person) return 'spouse'
  if (isChild(person, head) || isChild(person, head.spouse)) return 'child'
  if (isChild(head, person)) return 'parent'
  if (head.spouse !== undefined && isChild(head.spouse, person)) return 'spouse-parent'
  if (person.spouse !== undefined && isChild(person.spouse, head)) return 'child-spouse'
  const parents = [person.father, person.mother]
  if (parents.some((parent) => parent !== undefined && isChild(parent, head))) return 'grandchild'
  if ([head.father, head.mother].some((parent) => parent !== undefined && isChild(parent, person))) return 'grandparent'
  return head.father !== undefined && head.father === person.father ? 'sibling' : 'other'
}

const CENSUS: Readonly<Record<Kin, string>> = {
  self: '0',
  spouse: '1',
  child: '2',
  parent: '3',
  'spouse-parent': '4',
  grandparent: '5',
  'child-spouse': '6',
  grandchild: '7',
  sibling: '8',
  other: '9',
}
export const censusRelation = (head: Person, person: Person): string => CENSUS[kinOf(head, person)]

/** Man's code, woman's code, man's word, woman's word. */
const POLICE: Readonly<Record<Kin, readonly [string, string, string, string]>> = {
  self: ['02', '02', '户主', '户主'],
  spouse: ['11', '12', '夫', '妻'],
  child: ['20', '30', '子', '女'],
  grandchild: ['41', '42', '孙子', '孙女'],
  parent: ['51', '52', '父亲', '母亲'],
  'spouse-parent': ['55', '56', '岳父', '岳母'],
  'child-spouse': ['28', '38', '女婿', '儿媳'],
  sibling: ['73', '77', '弟弟', '妹妹'],
  grandparent: ['61', '62', '祖父', '祖母'],
  other: ['97', '97', '其他亲属', '其他亲属'],
}
export function policeRelation(head: Person, person: Person, inWords: boolean): string {
  return POLICE[kinOf(head, person)][(inWords ? 2 : 0) + (person.sex === 1 ? 0 : 1)] as string
}

/** The head: a man with a wife before others, a woman with a family before her children, the oldest first. */
export function headOf(members: readonly Person[]): Person {
  const rank = (p: Person): number => (p.married > 0 ? 0 : 20) + (p.sex === 1 ? 0 : 5) + (p.birth < 19400101 ? 8 : 0)
  return members.reduce((best, p) => ((rank(p) - rank(best) || p.birth - best.birth) < 0 ? p : best))
}
