/**
 * What a decision rests on beside the two rows themselves: the one thing that moved its weight most.
 *
 * Linking notes one of BEYOND for each pair that it decides; `explain` says it in words. A relative at home, a rival and
 * a place that is taken are three things: whoever asks why is told the one that it was.
 */

export const BEYOND = {
  none: 0,
  rivals: 1,
  twin: 2,
  taken: 3,
  bothPresentApart: 4,
  bothPresentAlike: 5,
  oneHousehold: 6,
  noRelative: 7,
  relatives: 8,
  otherRows: 9,
  answersApart: 10,
  answersAlike: 11,
  otherParents: 12,
  alive: 13,
  twoHomes: 14,
  otherSpouse: 15,
  commonRelatives: 16,
  booksApart: 17,
  booksAlike: 18,
  version: 19,
  listedThere: 20,
  moved: 21,
  unseen: 22,
  seenTwice: 23,
  likeness: 24,
  contradicted: 25,
  /** The pair was found by a layer that weighs by rules of its own: its name says why. */
  household: 26,
  leftover: 27,
} as const

/** A row of an explanation: comparison, 中文, English, sentence. */
export type BeyondRow = readonly [comparison: string, zh: string, en: string, sentence: string]

const rivals = (en: string, sentence: string): BeyondRow => ['rivals', '其他候选', en, sentence]
const against = (en: string, sentence: string): BeyondRow => ['against', '反证', en, sentence]
const context = (en: string, sentence: string): BeyondRow => ['context', '旁证', en, sentence]

/** What keeps a pair from weighing what its rows say. */
const AGAINST: Readonly<Record<number, BeyondRow>> = {
  [BEYOND.rivals]: rivals('another candidate is likely too', '另有相近候选'),
  [BEYOND.twin]: rivals('a twin whom the register lacks would fit as well', '登记中缺少的双胞胎也会如此相符'),
  [BEYOND.taken]: against('the person has such a row already', '该人已有同类登记'),
  [BEYOND.bothPresentApart]: against('both rows say that the person lives there', '两条都登记为现住'),
  [BEYOND.oneHousehold]: against('both stand in one household, as two people do', '两条登记在同一户，多为两人'),
  [BEYOND.noRelative]: against('none of the relatives is in the household', '家人不在该户'),
  [BEYOND.answersApart]: against('why and how long away is answered otherwise', '离开的时间和原因填得不同'),
  [BEYOND.otherParents]: against('the register knows other parents', '户籍登记的父母是别人'),
  [BEYOND.alive]: against('the census met the person at home', '普查时该人登记为现住'),
  [BEYOND.twoHomes]: against('both are at home, in two places', '双方各有现住登记'),
  [BEYOND.otherSpouse]: against('each is married to somebody else', '配偶不同'),
  [BEYOND.commonRelatives]: against('the names of the relatives are common', '亲属姓名常见'),
  [BEYOND.booksApart]: against('they stand in their household books as two people do', '在两本户口簿上的情形像两个人'),
  [BEYOND.seenTwice]: against('each has been met apart from the other', '双方各有登记，不像一人'),
  [BEYOND.likeness]: against('others are as alike', '还有同样相像的人'),
  [BEYOND.contradicted]: against('a link that was made speaks against it', '与已成立的关联矛盾'),
}

/** What makes it weigh more. */
const FOR: Readonly<Record<number, BeyondRow>> = {
  [BEYOND.bothPresentAlike]: context('two rows at home that answer as one person does', '两条现住登记填得如同一人'),
  [BEYOND.relatives]: context('a relative is in the household', '家人在该户'),
  [BEYOND.otherRows]: context('other rows of the person speak for it', '该人的其他登记可佐证'),
  [BEYOND.answersAlike]: context('why and how long away is answered alike', '离开的时间和原因填得相同'),
  [BEYOND.booksAlike]: context('one stands in its household book without the family', '一方户口簿上没有家人'),
  [BEYOND.version]: [
    'version',
    '历史版本',
    'an old version has a new one, mostly in the same household',
    '一方为历史版本，应有对应的现行登记',
  ],
  [BEYOND.listedThere]: context('a census row of the one names the hukou of the other', '一方的普查登记在另一方户籍地'),
  [BEYOND.moved]: context('one was left when the other was entered', '一方迁出时另一方迁入'),
  [BEYOND.unseen]: context('the census knows only one of the two', '普查只见到其中一方'),
  [BEYOND.likeness]: context('nobody else is as alike', '没有别人同样相像'),
}

/**
 * The words of what moved a weight.
 * @param gained milli-bits, by all that is beyond the pair
 * @returns undefined where nothing was noted, or what was noted pulls the other way
 */
export function beyondWords(beyond: number, gained: number): BeyondRow | undefined {
  return (gained > 0 ? FOR : AGAINST)[beyond]
}
