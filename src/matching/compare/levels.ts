/**
 * Comparison levels: small integers that kernel, model, explanation and review all read. Fixed numbers.
 * Level 0 is missing: neither agreement nor disagreement.
 */
export const NAME_LEVEL = {
  missing: 0,
  exact: 1,
  variant: 2,
  homophone: 3,
  nearShape: 4,
  fuzzySound: 5,
  swapped: 6,
  dropped: 7,
  oneOther: 8,
  givenEqual: 9,
  surnameEqual: 10,
  different: 11,
} as const

export const BIRTH_LEVEL = {
  missing: 0,
  dateEqual: 1,
  monthKnown: 2,
  monthEqual: 3,
  dayMonthSwapped: 4,
  digitSlip: 5,
  lunar: 6,
  yearBeside: 7,
  yearEqual: 8,
  nearYear: 9,
  different: 10,
} as const

export const ID_LEVEL = {
  missing: 0,
  sameValid: 1,
  sameUnproved: 2,
  oneDigit: 3,
  transposed: 4,
  truncated: 5,
  dropped: 6,
  twoDigits: 7,
  areaDiffers: 8,
  bothValidDiffer: 9,
  differ: 10,
  /** The number is known to be somebody else's: assigned by linking. */
  heldElsewhere: 11,
} as const

export const SEX_LEVEL = { missing: 0, equal: 1, different: 2 } as const
