/**
 * Where one person sleeps and is registered, as it stands at the standard time.
 * In: a person. Out: a stay of which nothing is said yet, which homes.ts fills.
 */
import type { Person } from './people.ts'

/** A dwelling, or a household of the register. */
export interface Place {
  readonly village: number
  readonly collective: boolean
  readonly no: number
  /** Number of the house, which the booklet and the people at table share. */
  readonly door: number
  readonly members: Person[]
}

export interface Stay {
  readonly person: Person
  /** Where the person sleeps: a dwelling of the county, elsewhere in the country, or abroad. */
  dwelling: Place | undefined
  outside: '' | 'country' | 'abroad'
  outsideCode: string
  /** Where the person is registered. */
  hukou: Place | undefined
  /** Code of the hukou place of somebody from outside. */
  hukouCode: string
  movedIn: number
  /** Registered there before; its row stands as moved away. */
  former: Place | undefined
  /** The former row was never cancelled. */
  formerStands: boolean
  /** Registered nowhere in the county any more: why, and since when. */
  gone: '' | '1' | '2' | '3' | '4'
  goneOn: number
  /** Months since leaving the place of registration; 0 = has not left. */
  months: number
  why: string
  lives: boolean
}

/** Somebody of whom nothing is said yet. */
export function newStay(person: Person, lives: boolean): Stay {
  const places = {
    dwelling: undefined,
    hukou: undefined,
    former: undefined,
    outside: '',
    outsideCode: '',
    hukouCode: '',
  } as const
  return { person, ...places, movedIn: 0, formerStands: false, gone: '', goneOn: 0, months: 0, why: '', lives }
}

/** Takes somebody out of the booklet; the stay still says where it was. */
export function leave(stay: Stay): void {
  const members = stay.hukou?.members
  if (members !== undefined) members.splice(members.indexOf(stay.person), 1)
}

/** Whole months from a date (YYYYMMDD; 0 if unknown: five years) to the standard time, one at least. */
export function monthsSince(date: number): number {
  return date === 0 ? 60 : Math.max(1, (2020 - Math.floor(date / 10000)) * 12 + 10 - (Math.floor(date / 100) % 100))
}
