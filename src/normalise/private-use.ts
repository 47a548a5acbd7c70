/**
 * Private-use code points that old GBK systems wrote for characters since given a place in Unicode.
 *
 * In: a code point of the private use area. Out: the official code point, or itself.
 * U+E815–E864 are the positions FE50–FEA0 of GBK, in order (GB 18030-2005 and -2022, appendix tables).
 */

const FIRST = 0xe815

/** The official characters in order of their private-use code points. */
const OFFICIAL = Array.from(
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻',
  (character) => character.codePointAt(0) as number,
)

export function officialCodePoint(code: number): number {
  return code >= FIRST && code < FIRST + OFFICIAL.length ? OFFICIAL[code - FIRST] : code
}

/** True for a code point whose character only its own system's font knows. */
export function isPrivateUse(code: number): boolean {
  return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000
}
