/**
 * Legal forms of companies: what they spell out or write in letters with points, as one of the ways to write it.
 *
 * In:  a folded text ("novo s p a", "novo societa per azioni"). Out: the same with one word for the form ("novo spa").
 * Letters one by one would be words of their own, and rare ones. Forms as ISO 20275 lists them for the lands whose languages
 * header-words.ts knows; no others.
 */
const SPELLED: Readonly<Record<string, string>> = {
  'gesellschaft mit beschrankter haftung': 'gmbh',
  'g m b h': 'gmbh',
  'm b h': 'mbh',
  aktiengesellschaft: 'ag',
  'a g': 'ag',
  kommanditgesellschaft: 'kg',
  'k g': 'kg',
  // Several words of one form would be half of a short name.
  'gmbh co kg': 'gmbhcokg',
  'gmbh und co kg': 'gmbhcokg',
  'gmbh and co kg': 'gmbhcokg',
  'public limited company': 'plc',
  'p l c': 'plc',
  'limited liability company': 'llc',
  'l l c': 'llc',
  'limited liability partnership': 'llp',
  'l l p': 'llp',
  limited: 'ltd',
  incorporated: 'inc',
  corporation: 'corp',
  company: 'co',
  'societe a responsabilite limitee': 'sarl',
  's a r l': 'sarl',
  'societe par actions simplifiee': 'sas',
  's a s': 'sas',
  'societe anonyme': 'sa',
  'sociedad anonima': 'sa',
  'sociedade anonima': 'sa',
  's a': 'sa',
  'sociedad limitada': 'sl',
  's l': 'sl',
  'societa per azioni': 'spa',
  's p a': 'spa',
  'societa a responsabilita limitata': 'srl',
  's r l': 'srl',
  limitada: 'ltda',
  'besloten vennootschap': 'bv',
  'b v': 'bv',
  'naamloze vennootschap': 'nv',
  'n v': 'nv',
  aktiebolag: 'ab',
  aktieselskab: 'as',
  'a s': 'as',
}
/** The longest first: "s a r l" is not "s a". */
const FORMS = Object.keys(SPELLED).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
const FORM = new RegExp(`(?<= )(?:${FORMS.join('|')})(?= |$)`, 'g')

/** A form stands behind the name: what begins with one ("company of wolves") keeps it. */
export function foldLegalForms(text: string): string {
  return text.replace(FORM, (form) => SPELLED[form])
}

/** Forms that are hardly a word of anything else, a name of a person least of all. */
const PLAIN = /(?:^| )(?:gmbh|gmbhcokg|kg|ltd|inc|corp|llc|llp|plc|sarl|spa|srl|ltda|bv|nv)$/

/** @param text folded, forms too */
export function endsInLegalForm(text: string): boolean {
  return PLAIN.test(text)
}
