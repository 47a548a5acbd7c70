/**
 * What one person is to another, from parents and marriages.
 *
 * In:  the head of a household and a member. Out: a kind of relation, and how each register writes it
 *      (GB/T 4761 two digits or words in the police register, D2 in the census).
 */
import type { Person } from './model.ts'

export type Relation =
  | 'head'
  | 'spouse'
  | 'child'
  | 'parent'
  | 'parent-in-law'
  | 'grandparent'
  | 'child-in-law'
  | 'grandchild'
  | 'sibling'
  | 'other-kin'
  | 'none'

export function relate(head: Person, person: Person): Relation {
  if (person === head) return 'head'
  if (head.spouse === person || person.spouse === head) return 'spouse'
  if (isParent(head, person)) return 'child'
  if (isParent(person, head)) return 'parent'
  if (head.spouse !== undefined && isParent(head.spouse, person)) return 'child'
  if (head.spouse !== undefined && isParent(person, head.spouse)) return 'parent-in-law'
  if (person.spouse !== undefined && isParent(head, person.spouse)) return 'child-in-law'
  if (isGrandparent(head, person)) return 'grandchild'
  if (isGrandparent(person, head)) return 'grandparent'
  if (person.father !== undefined && person.father === head.father) return 'sibling'
  if (person.mother !== undefined && person.mother === head.mother) return 'sibling'
  const kin = person.surname === head.surname && person.surname !== ''
  return kin || person.father !== undefined ? 'other-kin' : 'none'
}

const isParent = (parent: Person, child: Person): boolean => child.father === parent || child.mother === parent

function isGrandparent(old: Person, young: Person): boolean {
  const { father, mother } = young
  return (father !== undefined && isParent(old, father)) || (mother !== undefined && isParent(old, mother))
}

export function policeRelation(
  relation: Relation,
  person: Person,
  head: Person,
  { inWords }: { readonly inWords: boolean },
): string {
  const man = person.sex === 1
  switch (relation) {
    case 'head':
      return inWords ? '户主' : '02'
    case 'spouse':
      return inWords ? (man ? '夫' : '妻') : man ? '11' : '12'
    case 'child':
      return inWords ? (man ? '子' : '女') : man ? '20' : '30'
    case 'child-in-law':
      return inWords ? (man ? '女婿' : '儿媳') : man ? '28' : '38'
    case 'grandchild':
      return inWords ? (man ? '孙子' : '孙女') : man ? '41' : '42'
    case 'parent':
      return inWords ? (man ? '父亲' : '母亲') : man ? '51' : '52'
    case 'parent-in-law':
      if (head.sex === 1) return inWords ? (man ? '岳父' : '岳母') : man ? '55' : '56'
      return inWords ? (man ? '公公' : '婆婆') : man ? '53' : '54'
    case 'grandparent':
      return inWords ? (man ? '祖父' : '祖母') : man ? '61' : '62'
    case 'sibling':
      if (person.birth < head.birth) return inWords ? (man ? '兄' : '姐姐') : man ? '71' : '75'
      return inWords ? (man ? '弟' : '妹妹') : man ? '73' : '77'
    case 'other-kin':
      return inWords ? '其他亲属' : '97'
    case 'none':
      return inWords ? '非亲属' : '99'
  }
}

const CENSUS_CODES: Readonly<Record<Relation, string>> = {
  head: '0',
  spouse: '1',
  child: '2',
  parent: '3',
  'parent-in-law': '4',
  grandparent: '5',
  'child-in-law': '6',
  grandchild: '7',
  sibling: '8',
  'other-kin': '9',
  none: '9',
}

export const censusRelation = (relation: Relation): string => CENSUS_CODES[relation]
