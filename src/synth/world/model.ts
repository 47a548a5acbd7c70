/**
 * The made-up world as it truly is: people, households of the register, dwellings, registrations.
 *
 * Nothing here is an observation: what a clerk or an enumerator wrote of it is made in ../observe.
 * Objects refer to each other directly; 850,000 people fit in well under 1 GB that way.
 */

export interface Township {
  readonly code: string
  readonly name: string
  readonly urban: boolean
  readonly villages: Village[]
  /** How this police station writes relations and dates. */
  readonly writesText: boolean
  readonly dateStyle: 0 | 1 | 2
}

export interface Village {
  /** 12-digit statistical area code. */
  readonly code: string
  readonly name: string
  readonly township: Township
  readonly urban: boolean
  readonly blocks: number
  /** Share of the county's register people, and of those who move to it. */
  readonly weight: number
  readonly pull: number
  readonly clan: string
  readonly clanShare: number
  readonly groups: number
  households: number
  /** Highest household number given in each block so far. */
  readonly lastNumber: number[]
}

export interface Person {
  readonly index: number
  sex: 1 | 2
  birth: number
  surname: string
  given: string
  /** Tokens of a dotted or surname-less name; empty for Han-style names. */
  tokens: readonly string[]
  formerName: string
  ethnicity: string
  idNumber: string
  father: Person | undefined
  mother: Person | undefined
  spouse: Person | undefined
  /** Names and numbers of parents that are nowhere in the county. */
  fatherName: string
  motherName: string
  hukou: Household | undefined
  /** Where the hukou is when not here: a 12-digit code of another county, or '' (none at all). */
  hukouElsewhere: string
  home: Dwelling | undefined
  /** Where the person lives when not in the county: a 12-digit code, 'hkmt', 'abroad', or ''. */
  livesElsewhere: string
  monthsAway: number
  death: number
  birthOrder: number
  /** Born without a midwife's certificate. */
  bornAtHome: boolean
  /** Set for those whom an ordinary census household must not list: soldiers and the like. */
  role: Role
  registrations: Registration[]
}

type Role = 'ordinary' | 'soldier' | 'settled-abroad' | 'gone' | 'pocket' | 'boarder' | 'undetermined' | 'lost'

/** A household of the police register. */
export interface Household {
  readonly village: Village
  readonly no: string
  readonly collective: boolean
  readonly members: Person[]
  readonly dwelling: Dwelling
}

/** A place where people live, and one household of the census. */
export interface Dwelling {
  readonly village: Village
  readonly block: number
  readonly no: number
  readonly houseNo: number
  readonly collective: boolean
  readonly residents: Person[]
  /** Register households whose dwelling this is: their absent members are listed here. */
  readonly registered: Household[]
}

/** One version of a person in the police register, as a careful clerk would have it. */
export interface Registration {
  readonly household: Household
  status: string
  recordFlag: string
  reversalFlag: string
  movedIn: number
  movedOut: number
  death: number
  cancelled: number
  /** What this version says instead of the truth: another number, name or birth date. */
  idNumber: string
  name: string
  birth: number
  /** Versions under another person number: the register does not know that it is one person. */
  otherPerson: number
}

export interface World {
  readonly countyCode: string
  readonly townships: readonly Township[]
  readonly villages: readonly Village[]
  readonly people: Person[]
  readonly households: Household[]
  readonly dwellings: Dwelling[]
  /** Babies whose certificate was written here though nobody of them lives or is registered here. */
  readonly strangersBorn: Person[]
  readonly strangersDead: Person[]
}

export function fullName(person: Person): string {
  return person.tokens.length > 0 ? person.tokens.join('·') : person.surname + person.given
}

export function registration(household: Household, fields: Partial<Registration> = {}): Registration {
  const version: Registration = {
    household,
    status: '0',
    recordFlag: '1',
    reversalFlag: '0',
    movedIn: 0,
    movedOut: 0,
    death: 0,
    cancelled: 0,
    idNumber: '',
    name: '',
    birth: 0,
    otherPerson: 0,
  }
  // A spread here would give every object a hidden class of its own: 400 MB at 850,000 people.
  return Object.assign(version, fields)
}
