/**
 * Addresses: what they abbreviate, as one of the two ways to write it.
 *
 * In:  a folded address. Out: the same with road for rd, avenue for ave, north for n. Where a short form stands for two
 *      words (st: street and saint; dr: drive and doctor) all of them become the short one.
 * Words as the United States Postal Service (Publication 28) and Royal Mail abbreviate them, and str for Straße; no others.
 */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st',
  str: 'st',
  strasse: 'st',
  saint: 'st',
  drive: 'dr',
  doctor: 'dr',
  court: 'ct',
}
const LONG: Readonly<Record<string, string>> = {
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  blvd: 'boulevard',
  blv: 'boulevard',
  ln: 'lane',
  pl: 'place',
  sq: 'square',
  hwy: 'highway',
  pkwy: 'parkway',
  pky: 'parkway',
  cres: 'crescent',
  tce: 'terrace',
  ter: 'terrace',
  terr: 'terrace',
  cir: 'circle',
  cl: 'close',
  gdns: 'gardens',
  gr: 'grove',
  expy: 'expressway',
  trl: 'trail',
  bldg: 'building',
  apt: 'apartment',
  fl: 'floor',
  rm: 'room',
  ste: 'suite',
  mt: 'mount',
  ft: 'fort',
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
  ne: 'northeast',
  nw: 'northwest',
  se: 'southeast',
  sw: 'southwest',
}
const WORDS = new Map([...Object.entries(SHORT), ...Object.entries(LONG)])

export function foldAddressWords(text: string): string {
  return text
    .split(' ')
    .map((word) => WORDS.get(word) ?? word)
    .join(' ')
}
