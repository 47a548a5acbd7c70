/**
 * The short form of the census: who was listed where, by enumerators who knock once and write fast.
 *
 * In:  homes, the office. Out: census rows. One person may rightly have two: present at home, away at the hukou.
 */
import { dateOf, dayOf, T0 } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import type { CensusRow } from '../../../../src/synth/rows.ts'
import type { Homes } from './homes.ts'
import type { Place, Stay } from './stays.ts'
import { censusRelation, headOf } from './kin.ts'
import { babyName, petName } from './names.ts'
import type { Office } from './office.ts'
import { ageAt, type Person, type Population, type Village } from './people.ts'
import { fullName } from './police.ts'
import * as slips from './slips.ts'

interface Listed {
  readonly stay: Stay
  readonly at: Place
  readonly away: boolean
}
const D9_STARTS = [0, 6, 12, 24, 36, 48, 60, 120]

export class Enumeration {
  readonly rows: CensusRow[] = []
  readonly blockOf = new Map<Place, string>()
  private readonly random: Random
  private readonly population: Population
  private readonly homes: Homes
  private readonly office: Office
  private readonly listed = new Map<Place, Listed[]>()
  private readonly lists: Place[]
  private readonly homeOfBooklet = new Map<Place, Place>()
  private readonly written = new Map<string, number>()

  constructor(random: Random, population: Population, homes: Homes, office: Office) {
    this.random = random
    this.population = population
    this.homes = homes
    this.office = office
    this.lists = homes.dwellings.filter((place) => place.members.length > 0)
    this.allot()
    for (const stay of homes.stays) this.list(stay)
    for (const place of this.lists) this.visit(place)
    this.rows.forEach((row, i) => {
      row.record_id = `D${String(i + 1).padStart(7, '0')}`
    })
  }

  private villageAt(place: Place): Village {
    return this.population.villages[place.village] as Village
  }

  /** Blocks of some eighty households; a booklet is listed at the house of those of its people who are there. */
  private allot(): void {
    for (const booklet of this.homes.households) {
      const at = booklet.members
        .map((p) => this.homes.stays[p.id]?.dwelling)
        .find((d) => d?.village === booklet.village && !d.collective)
      const home = at ?? { ...booklet, members: [] }
      if (at === undefined) this.lists.push(home)
      this.homeOfBooklet.set(booklet, home)
    }
    const counts = new Map<number, number>()
    for (const place of this.lists) {
      const n = counts.get(place.village) ?? 0
      counts.set(place.village, n + 1)
      this.blockOf.set(place, `${this.villageAt(place).code}${String(Math.floor(n / 80) + 1).padStart(3, '0')}`)
    }
  }

  private put(stay: Stay, at: Place, away: boolean): void {
    const rows = this.listed.get(at) ?? []
    rows.push({ stay, at, away })
    this.listed.set(at, rows)
  }

  private hukouAtT0(stay: Stay): Place | undefined {
    if (stay.gone !== '' && stay.goneOn < T0) return undefined
    return stay.movedIn >= T0 ? stay.former : stay.hukou
  }

  private list(stay: Stay): void {
    const { random } = this
    const { rates } = this.office
    const { person, dwelling } = stay
    if (!stay.lives || person.birth >= T0) {
      this.listWrongly(stay)
      return
    }
    const hukou = this.hukouAtT0(stay)
    const atHome = dwelling !== undefined && hukou?.village === dwelling.village
    if (
      dwelling !== undefined &&
      !random.chance(rates.personMissed) &&
      (atHome || !random.chance(rates.residenceRowMissing))
    ) {
      this.put(stay, dwelling, false)
      const second = random.chance(0.5) ? this.kinHome(person, dwelling) : random.pick(this.lists)
      if (second !== undefined && random.chance(rates.personTwice)) this.put(stay, second, false)
    }
    const former = stay.former !== undefined && this.homeOfBooklet.get(stay.former)
    if (former && stay.movedIn < T0 && random.chance(stay.formerStands ? 0.6 : 0.03))
      this.put(stay, former, !random.chance(0.2))
    const home = hukou && this.homeOfBooklet.get(hukou)
    if (stay.gone === '3' || stay.gone === '4') this.listGone(stay)
    if (home === undefined) return
    if (atHome) {
      const far = this.blockOf.get(home) !== this.blockOf.get(dwelling as Place)
      if (far && random.chance(0.3)) this.put(stay, home, true)
    } else if (random.chance(rates.kinSayHome)) this.put(stay, home, false)
    else if (!random.chance(rates.awayRowMissing)) this.put(stay, home, true)
  }

  /** Soldiers and people settled abroad are not to be listed; parents list them. */
  private listGone(stay: Stay): void {
    const parent = [stay.person.father, stay.person.mother].find(
      (p) => p !== undefined && this.homes.stays[p.id]?.dwelling,
    )
    if (parent === undefined || !this.random.chance(0.35)) return
    this.put(stay, this.homes.stays[parent.id]?.dwelling as Place, !this.random.chance(0.15))
  }

  /** The dead, and children born after the night of the census. */
  private listWrongly(stay: Stay): void {
    const { person, hukou } = stay
    const at = stay.dwelling ?? (hukou && this.homeOfBooklet.get(hukou))
    if (at === undefined || at.village < 0) return
    const recent = person.death > 20190601 || person.birth >= T0
    if (recent && this.random.chance(this.office.rates.deadListed)) this.put(stay, at, false)
  }

  /** The house of parents, children or a husband, where somebody may be written down a second time. */
  private kinHome(person: Person, own: Place): Place | undefined {
    const kin = [person.father, person.mother, person.spouse, ...person.children]
    return kin.map((k) => k && this.homes.stays[k.id]?.dwelling).find((home) => home !== undefined && home !== own)
  }

  private visit(place: Place): void {
    const { random } = this
    const { rates } = this.office
    const listed = this.listed.get(place)
    if (listed === undefined || listed.length === 0) return
    if (!place.collective && random.chance(rates.householdMissed)) return
    const parts = place.collective ? chunks(listed, 15) : [listed]
    for (const part of parts) this.write(place, part)
    const flat = part0(parts).filter(({ away }) => !away)
    if (place.collective || flat.length === 0 || !random.chance(rates.visitedTwice)) return
    // Found again: next door by another enumerator, or in the village that the family has left.
    const hukou = part0(flat.map(({ stay }) => stay.hukou && this.homeOfBooklet.get(stay.hukou)))
    this.write(random.chance(0.5) && hukou !== undefined ? hukou : place, flat)
  }

  private write(place: Place, listed: readonly Listed[]): void {
    const { random } = this
    const { rates } = this.office
    const block = this.blockOf.get(place) as string
    const no = (this.written.get(block) ?? 0) + 1
    this.written.set(block, no)
    const head = headOf(listed.map(({ stay }) => stay.person))
    const rows = listed.map(({ stay, away }) => this.row(stay, place, away, head, block, String(no).padStart(3, '0')))
    const present = rows.filter((row) => row.residence === '1').length
    const [said, gone] = random.chance(rates.countWrong)
      ? [Math.max(0, present + random.pick([-1, 1])), random.int(3)]
      : [present, rows.length - present]
    for (const row of rows) Object.assign(row, { persons_present: String(said), persons_away: String(gone) })
    this.rows.push(...rows)
  }

  private row(stay: Stay, place: Place, away: boolean, head: Person, block: string, no: string): CensusRow {
    const { random } = this
    const { rates } = this.office
    const { person } = stay
    const village = this.villageAt(place)
    const month = this.birthMonth(person)
    return {
      person: person.id,
      record_id: '',
      block_code: block,
      household_no: no,
      household_type: place.collective ? '2' : '1',
      persons_present: '',
      persons_away: '',
      name: this.name(person, away),
      relation: place.collective ? '9' : censusRelation(head, person),
      id_number: this.number(stay, away),
      sex: String(random.chance(rates.sexSlip) ? 3 - person.sex : person.sex),
      birth_month: month,
      ethnicity: random.chance(rates.groupSlip) ? '汉族' : person.group,
      ...(away ? this.awayItems(stay, place) : this.presentItems(stay, place)),
      away_reason: stay.months > 0 && this.isApart(stay, place) ? stay.why : '',
      address: this.address(village, place),
    }
  }

  private isApart(stay: Stay, place: Place): boolean {
    return this.hukouAtT0(stay)?.village !== place.village || stay.dwelling?.village !== place.village
  }

  private duration(stay: Stay, differs: boolean): string {
    const { random } = this
    const code = D9_STARTS.filter((start) => stay.months >= start).length + 1
    if (!differs) return String(code)
    if (random.chance(0.25)) return code === 2 ? String(random.range(3, 4)) : '2'
    return String(Math.min(9, Math.max(2, code + random.pick([-1, 1]))))
  }

  private codeOf(village: string): string {
    return village.slice(0, this.random.pick([12, 12, 12, 9, 9, 6]))
  }

  private awayItems(
    stay: Stay,
    place: Place,
  ): Pick<CensusRow, 'residence' | 'residence_area_code' | 'hukou_place' | 'hukou_area_code' | 'away_duration'> {
    const { random } = this
    const { rates } = this.office
    const own = this.villageAt(place)
    const { dwelling } = stay
    const base = {
      hukou_place: '1',
      hukou_area_code: '',
      away_duration: this.duration(stay, random.chance(rates.durationDiffers)),
    }
    if (random.chance(0.01)) base.away_duration = ''
    if (stay.outside === 'abroad')
      return { residence: random.chance(0.8) ? '7' : '6', residence_area_code: '', ...base }
    if (stay.outside === 'country' || dwelling === undefined)
      return {
        residence: '5',
        residence_area_code: `${stay.outsideCode}000000`.slice(0, random.pick([6, 6, 12, 0])),
        ...base,
      }
    let there = this.villageAt(dwelling)
    if (random.chance(rates.placeMisreported)) there = random.pick(this.population.villages)
    const step = there.code === own.code ? '2' : there.town === own.town ? '3' : '4'
    if (random.chance(rates.placeMisreported * 0.3))
      return { residence: '5', residence_area_code: this.population.elsewhere(), ...base }
    return { residence: step, residence_area_code: random.chance(0.05) ? '' : this.codeOf(there.code), ...base }
  }

  private presentItems(stay: Stay, place: Place): ReturnType<Enumeration['awayItems']> {
    const { random } = this
    const { rates } = this.office
    const own = this.villageAt(place)
    const base = { residence: '1', residence_area_code: '' }
    const duration = this.duration(stay, random.chance(rates.durationDiffers))
    const hukou = this.hukouAtT0(stay)
    if (hukou === undefined) {
      if (stay.hukouCode === '' || stay.hukouCode === '待定') {
        const says = random.chance(0.6) ? '5' : '1'
        return { ...base, hukou_place: says, hukou_area_code: '', away_duration: says === '5' ? '' : '1' }
      }
      return { ...base, hukou_place: '4', hukou_area_code: stay.hukouCode, away_duration: duration }
    }
    let there = this.villageAt(hukou)
    if (random.chance(rates.placeMisreported * (there === own ? 0.1 : 1))) there = random.pick(this.population.villages)
    if (random.chance(rates.placeMisreported * (there === own ? 0.02 : 0.2)))
      return { ...base, hukou_place: '5', hukou_area_code: '', away_duration: '' }
    if (there.code === own.code) return { ...base, hukou_place: '1', hukou_area_code: '', away_duration: '1' }
    const step = there.town === own.town ? '2' : '3'
    return { ...base, hukou_place: step, hukou_area_code: this.codeOf(there.code), away_duration: duration }
  }

  private birthMonth(person: Person): string {
    const { random } = this
    const { rates } = this.office
    let date = person.birth
    if (random.chance(rates.birthMissing)) return random.chance(0.5) ? '' : String(Math.floor(date / 10000))
    // Where the register holds the day of the farmers' calendar, some tell the enumerator the other one: a month or more later.
    const isLunar = date < 19900101 && (person.id * 7919) % 10007 < rates.lunarRegistered * 10007
    if (isLunar && random.chance(0.35)) date = dateOf(dayOf(date) + 29 + (person.id % 21))
    else if (random.chance(rates.birthNewYear) && date < 19700101) date = Math.floor(date / 10000) * 10000 + 101
    else if (random.chance(rates.birthLunar) && date < 19900101) date = slips.asLunar(date)
    else if (random.chance(rates.birthSlip)) date = slips.slipDate(random, date)
    if (date >= T0 && person.birth < T0) date = person.birth
    return String(Math.floor(date / 100))
  }

  private name(person: Person, away: boolean): string {
    const { random } = this
    const { rates, rareMarks } = this.office
    const { surname, given } = person.name
    const age = ageAt(person, T0)
    if (age < 1 && random.chance(rates.babyName))
      return babyName(random, surname, person.mother === undefined ? surname : fullName(person.mother), person.sex)
    if (age < 14 && surname !== '' && random.chance(rates.petName)) return petName(random, surname, given)
    let name = random.chance(rates.nameSlip) ? slips.slipName(random, surname, given, away) : fullName(person)
    if (random.chance(rates.traditional)) name = slips.traditional(name)
    if (random.chance(rates.rareLost)) name = slips.loseRare(name, rareMarks.census)
    return name.includes('·') && random.chance(rates.pointSpelling) ? slips.respellPoint(random, name) : name
  }

  private number({ person, hukouCode }: Stay, away: boolean): string {
    const { random } = this
    const { rates } = this.office
    const infant = ageAt(person, T0) < 1
    const missing = (away ? rates.numberMissingAway : rates.numberMissingPresent) * (hukouCode === '' ? 1 : 2)
    if (random.chance(infant ? Math.min(0.8, missing * 8) : missing)) return ''
    if (random.chance(rates.numberPlaceholder)) return random.pick(slips.PLACEHOLDERS)
    if (random.chance(rates.numberSlipFits)) return slips.slipNumberSoundly(random, person.number)
    if (random.chance(rates.numberSlip)) return slips.slipNumber(random, person.number)
    const kin = person.spouse ?? person.mother
    if (kin !== undefined && random.chance(rates.numberOfKin)) return kin.number
    return person.number
  }

  private address(village: Village, { door }: Place): string {
    const detail = this.office.addressDetail
    if (this.random.chance(0.4 * (1 - detail))) return ''
    if (village.urban) return `${village.name}${(door % 9) + 1}-${(door % 4) + 1}-${door}`
    return this.random.chance(detail) ? `${(door % 9) + 1}组${door}` : `${village.name}${(door % 9) + 1}组`
  }
}

const part0 = <T>(parts: readonly T[]): T => parts[0] as T
function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}
