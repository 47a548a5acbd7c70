/**
 * The registers of the other county: its people as five offices wrote them down, with the truth of every row.
 *
 * In: a World and the habits of the offices. Out: per register the rows as cells by canonical column, and whose they are.
 */
import { Solar } from 'lunar-typescript'
import { REGISTER_SPECS, type RegisterName } from '../../../../src/registers/columns.ts'
import type { Draw } from './draw.ts'
import { slipName, unnamed } from './names.ts'
import { slipNumber } from './numbers.ts'
import type { Home, Person, World, YearMonthDay } from './world.ts'

export interface OfficeHabits {
  /** Times the usual rate of slips. */
  readonly slips: number
  /** Share of census rows without a number. */
  readonly numbersMissing: number
  /** Columns that a register does not have at all. */
  readonly without: Readonly<Partial<Record<RegisterName, readonly string[]>>>
  readonly policeAddress: 'town-first' | 'village-first' | 'group-only'
  readonly censusAddress: 'town-first' | 'village-first' | 'group-only'
  readonly ethnicity: 'text' | 'code'
  readonly householdNumbers: 'per-block' | 'county'
  readonly dates: 'compact' | 'dashes' | 'slashes'
}

export interface Row {
  readonly register: RegisterName
  readonly person: number
  readonly cells: Readonly<Record<string, string>>
}

const CHINESE = Array.from('零一二三四五六七八九十')

export function writeDown(world: World, draw: Draw, habits: OfficeHabits): Row[] {
  const offices = new Offices(world, draw, habits)
  offices.police()
  offices.census()
  offices.vital()
  return offices.rows.map((row) => {
    const gone = habits.without[row.register] ?? []
    const cells = Object.fromEntries(Object.entries(row.cells).filter(([column]) => !gone.includes(column)))
    for (const column of Object.keys(cells))
      if (!REGISTER_SPECS[row.register].columns.some((c) => c.name === column))
        throw new Error(`${row.register}.${column}?`)
    return { ...row, cells }
  })
}

class Offices {
  readonly rows: Row[] = []
  private readonly world: World
  private readonly draw: Draw
  private readonly habits: OfficeHabits
  private readonly numberOfHome = new Map<string, string>()
  private readonly homesOfPlace = new Map<string, number>()

  constructor(world: World, draw: Draw, habits: OfficeHabits) {
    this.world = world
    this.draw = draw
    this.habits = habits
  }

  private slip(rate: number): boolean {
    return this.draw.chance(rate * this.habits.slips)
  }

  private push(register: RegisterName, person: Person, cells: Readonly<Record<string, string>>): void {
    this.rows.push({ register, person: person.no, cells })
  }

  private day({ year, month, day }: YearMonthDay): string {
    const [m, d] = [String(month).padStart(2, '0'), String(day).padStart(2, '0')]
    if (this.habits.dates === 'compact') return `${year}${m}${d}`
    return this.habits.dates === 'dashes' ? `${year}-${m}-${d}` : `${year}/${month}/${day}`
  }

  private address(home: Home, style: OfficeHabits['policeAddress']): string {
    const { village, group, door } = home
    const place = village.name
    if (style === 'town-first') return `${village.town}${place}${group}组${door}号`
    if (style === 'group-only') return `${CHINESE[Math.min(10, group)]}组`
    return `${place}${group > 10 ? `十${group === 10 ? '' : CHINESE[group - 10]}` : CHINESE[group]}组`
  }

  /** Household numbers start again in every block, or village, unless the county counts through. */
  private householdNo(register: string, home: Home): string {
    if (this.habits.householdNumbers === 'county') return `H${String(home.no).padStart(7, '0')}`
    const key = `${register} ${home.no}`
    let no = this.numberOfHome.get(key)
    if (no === undefined) {
      const place = `${register} ${home.village.code} ${register === 'police' ? '' : home.block}`
      const next = (this.homesOfPlace.get(place) ?? 0) + 1
      this.homesOfPlace.set(place, next)
      no = String(next)
      this.numberOfHome.set(key, no)
    }
    return no
  }

  private ethnicity(person: Person): string {
    if (this.habits.ethnicity === 'code') return person.minority ? '05' : '01'
    return person.minority ? '维吾尔族' : this.draw.chance(0.5) ? '汉' : '汉族'
  }

  private policeCells(person: Person, home: Home): Record<string, string> {
    const { father, mother, spouse } = person
    const keeps = (share: number) => this.draw.chance(share)
    return {
      person_no: `4302${String(person.no).padStart(8, '0')}`,
      id_number: this.slip(0.002) ? slipNumber(this.draw, person.number, false) : person.number,
      name: this.slip(0.003) ? slipName(this.draw, person.name) : person.name,
      former_name: keeps(0.6) ? person.former : '',
      sex: person.isMale ? '男' : '女',
      ethnicity: this.ethnicity(person),
      birth_date: this.day(this.slip(0.003) ? this.otherBirth(person.birth) : person.birth),
      household_no: this.householdNo('police', home),
      relation: person.spouse !== undefined && !person.isMale ? '妻' : person.mother === undefined ? '户主' : '子',
      area_code: home.village.code,
      address: this.address(home, this.habits.policeAddress),
      father_name: father !== undefined && keeps(0.9) ? father.name : '',
      father_id: father !== undefined && keeps(0.7) ? father.number : '',
      mother_name: mother !== undefined && keeps(0.9) ? mother.name : '',
      mother_id: mother !== undefined && keeps(0.7) ? mother.number : '',
      spouse_name: spouse !== undefined && keeps(0.8) ? spouse.name : '',
      spouse_id: spouse !== undefined && keeps(0.7) ? spouse.number : '',
      status: this.draw.chance(0.5) ? '0' : '',
      record_flag: '1',
    }
  }

  police(): void {
    const { draw } = this
    let shared: Person | undefined
    for (const person of this.world.people) {
      const { hukou } = person
      if (hukou === undefined) continue
      // Born of late and not registered yet.
      if (this.world.isOfWindow(person.birth) && draw.chance(person.death === undefined ? 0.15 : 0.6)) continue
      const cells = this.policeCells(person, hukou)
      if (draw.chance(0.002)) {
        if (shared !== undefined) cells.id_number = shared.number
        shared = shared === undefined ? person : undefined
      }
      if (person.death !== undefined && draw.chance(0.7))
        Object.assign(cells, { status: '1', death_date: draw.chance(0.8) ? this.day(person.death) : '' })
      if (person.formerHukou !== undefined) {
        cells.moved_in_on = this.day({ year: draw.from(2012, 2020), month: draw.from(1, 9), day: draw.from(1, 28) })
        const old: Record<string, string> = {
          ...this.policeCells(person, person.formerHukou),
          status: '2',
          moved_out_on: cells.moved_in_on,
        }
        if (draw.chance(0.12)) Object.assign(old, { status: '0', moved_out_on: '', person_no: `${old.person_no}0` })
        this.push('police', person, old)
      }
      this.push('police', person, cells)
      if (draw.chance(0.06)) this.push('police', person, this.oldVersion(person, cells))
      const { second } = person
      if (second === undefined) continue
      const twice: Record<string, string> = {
        ...this.policeCells(person, second.home),
        person_no: `9${cells.person_no}`,
      }
      Object.assign(twice, { id_number: second.number, name: second.name, birth_date: this.day(second.birth) })
      if (!second.hasParents)
        for (const of of ['father', 'mother']) Object.assign(twice, { [`${of}_name`]: '', [`${of}_id`]: '' })
      this.push('police', person, twice)
    }
  }

  private oldVersion(person: Person, cells: Readonly<Record<string, string>>): Record<string, string> {
    const old: Record<string, string> = { ...cells, record_flag: '0' }
    if (person.birth.year < 1990 && this.draw.chance(0.4))
      old.id_number = person.number.slice(0, 6) + person.number.slice(8, 17)
    if (person.former !== '' || this.draw.chance(0.2)) old.name = person.former || slipName(this.draw, person.name)
    return old
  }

  private otherBirth(birth: YearMonthDay): YearMonthDay {
    const { draw } = this
    const { year, month, day } = birth
    switch (draw.weighed([35, 15, 15, 15, 10, 10])) {
      case 0: {
        const lunar = Solar.fromYmd(year, month, day).getLunar()
        return { year: lunar.getYear(), month: Math.abs(lunar.getMonth()), day: lunar.getDay() }
      }
      case 1:
        return { year: year + draw.of([-1, 1]), month, day }
      case 2:
        return { year, month: (month % 12) + 1, day }
      case 3:
        return day <= 12 ? { year, month: day, day: month } : { year, month, day: draw.from(1, 28) }
      case 4:
        return { year: year + draw.of([-10, 10, -2, 2]), month, day }
      default:
        return { year, month: draw.from(1, 12), day: draw.from(1, 28) }
    }
  }

  /** Homes as enumerators met them: who is there, and who is away. */
  census(): void {
    const { draw, world } = this
    const lists = new Map<number, { home: Home; rows: { person: Person; isAway: boolean }[] }>()
    const list = (home: Home, person: Person, isAway: boolean): void => {
      const at = lists.get(home.no) ?? { home, rows: [] }
      lists.set(home.no, at)
      at.rows.push({ person, isAway })
    }
    for (const person of world.people) {
      if (person.death !== undefined && !draw.chance(0.04)) continue
      const { lives, hukou, second } = person
      if (lives !== undefined && draw.chance(0.985)) list(lives, person, false)
      if (hukou !== undefined && hukou !== lives && draw.chance(0.93)) list(hukou, person, true)
      if (second !== undefined && draw.chance(0.5)) list(second.home, person, true)
      if (person.alsoListedAt !== undefined && person.alsoListedAt !== lives) list(person.alsoListedAt, person, false)
    }
    for (const { home, rows } of lists.values()) {
      // A whole family met twice, at a second flat.
      if (draw.chance(0.004)) {
        const flat = world.home(draw.of(world.villages))
        lists.set(flat.no, { home: flat, rows: rows.filter((row) => !row.isAway) })
      }
      if (home.no % 97 === 0 && rows.length > 2) rows.pop()
    }
    for (const { home, rows } of lists.values()) this.censusHome(home, rows)
  }

  private censusHome(home: Home, rows: readonly { person: Person; isAway: boolean }[]): void {
    const { draw } = this
    const present = rows.filter((row) => !row.isAway).length
    const written = rows.map(({ person, isAway }, i) => this.censusCells(home, person, isAway, i))
    if (rows.length >= 2 && this.slip(0.003)) {
      const [a, b] = [draw.from(0, rows.length - 1), draw.from(0, rows.length - 1)]
      ;[written[a].id_number, written[b].id_number] = [written[b].id_number, written[a].id_number]
    }
    written.forEach((cells, i) =>
      this.push('census', rows[i].person, {
        ...cells,
        persons_present: String(present),
        persons_away: String(rows.length - present),
      }),
    )
  }

  private censusCells(home: Home, person: Person, isAway: boolean, index: number): Record<string, string> {
    const { draw, habits } = this
    const { lives, hukou } = person
    const number = this.censusNumber(person, isAway)
    const birth = this.slip(0.012) ? this.otherBirth(person.birth) : person.birth
    const infant = this.world.isOfWindow(person.birth)
    const name =
      infant && draw.chance(0.25)
        ? unnamed(draw, person.mother?.name ?? '')
        : this.slip(0.018)
          ? slipName(draw, person.name)
          : person.name
    const ownHukou = hukou === home || person.second?.home === home
    const place = isAway || ownHukou ? '1' : hukou === undefined ? '4' : this.placeCode(home, hukou, ['1', '2', '3'])
    const claim = hukou === undefined || place === '1' ? '' : this.claimed(hukou)
    const residence = isAway ? (lives === undefined ? '5' : this.placeCode(home, lives, ['2', '3', '4'])) : '1'
    return {
      block_code: home.village.code + home.block,
      household_no: this.householdNo('census', home),
      name,
      relation: index === 0 ? '0' : person.spouse !== undefined && !person.isMale ? '1' : draw.chance(0.95) ? '2' : '9',
      id_number: number,
      sex: (this.slip(0.003) ? !person.isMale : person.isMale) ? '1' : '2',
      birth_month:
        habits.dates === 'compact'
          ? `${birth.year}${String(birth.month).padStart(2, '0')}`
          : `${birth.year}-${birth.month}`,
      ethnicity: this.ethnicity(person),
      residence,
      residence_area_code: isAway
        ? lives === undefined
          ? draw.of(['440347', '430147', '330747', '4403'])
          : this.claimed(lives)
        : '',
      hukou_place: this.slip(0.01) ? draw.of(['1', '2', '3', '5']) : place,
      hukou_area_code: place === '4' ? draw.of(['430248', '360347', '431247']) : claim,
      away_duration: isAway ? String(draw.from(2, 9)) : place === '1' ? '1' : String(draw.from(2, 9)),
      away_reason: isAway ? '务工经商' : '',
      address: this.address(home, habits.censusAddress),
    }
  }

  private placeCode(home: Home, other: Home, codes: readonly [string, string, string]): string {
    if (home.village === other.village) return codes[0]
    return home.village.town === other.village.town ? codes[1] : codes[2]
  }

  /** A place as far as people knew it. */
  private claimed(home: Home): string {
    const { code } = home.village
    const digits = [12, 12, 12, 9, 6][this.draw.weighed([2, 2, 2, 2, 1])]
    return this.slip(0.02) ? this.draw.of(this.world.villages).code : code.slice(0, digits)
  }

  private censusNumber(person: Person, isAway: boolean): string {
    const { draw, habits } = this
    const age = 2020 - person.birth.year
    if (draw.chance(isAway ? habits.numbersMissing * 0.7 : habits.numbersMissing))
      return draw.of(['', '', '', '无', '0'])
    if (age <= 14 && this.slip(0.02)) {
      const parent = draw.chance(0.6) ? person.mother : person.father
      if (parent !== undefined) return draw.chance(0.85) ? parent.number : `${parent.number}1`
    }
    if (age === 0 && draw.chance(0.5)) return ''
    const own = person.second !== undefined && draw.chance(0.25) ? person.second.number : person.number
    return this.slip(0.025) ? slipNumber(draw, own, age > 30) : own
  }

  vital(): void {
    const { draw, world } = this
    let certificate = 0
    for (const person of world.people) {
      const { mother, father } = person
      if (world.isOfWindow(person.birth) && mother !== undefined && draw.chance(0.97))
        this.push('births', person, {
          certificate_no: `R43${String(++certificate * 7919).padStart(8, '0')}`,
          name: draw.chance(0.2) ? '' : draw.chance(0.06) ? unnamed(draw, mother.name) : person.name,
          sex: person.isMale ? '1' : '2',
          birth_date: this.day(person.birth),
          birth_order: String(person.birthOrder),
          mother_name: this.slip(0.01) ? slipName(draw, mother.name) : mother.name,
          mother_id: draw.chance(0.94)
            ? this.slip(0.01)
              ? slipNumber(draw, mother.number, false)
              : mother.number
            : '',
          father_name: father !== undefined && draw.chance(0.9) ? father.name : '',
          father_id: father !== undefined && draw.chance(0.8) ? father.number : '',
          area_code: (mother.lives ?? mother.hukou)?.village.code ?? '440347',
          address: this.address(mother.lives ?? mother.hukou ?? world.home(world.villages[0]), habitsOf(this.habits)),
        })
      const { death } = person
      if (death === undefined) continue
      const infant = world.isOfWindow(person.birth)
      const name = infant && draw.chance(0.5) ? unnamed(draw, mother?.name ?? '') : person.name
      const hukou = person.hukou ?? person.lives
      const place = person.lives ?? person.hukou
      const number = infant && draw.chance(0.7) ? '' : draw.chance(0.9) ? person.number : ''
      if (draw.chance(0.85))
        this.push('deaths', person, {
          certificate_no: `D43${String(++certificate * 6007).padStart(8, '0')}`,
          name: this.slip(0.01) ? slipName(draw, name || '无名') : name || '无名',
          id_number: this.slip(0.02) ? slipNumber(draw, number || person.number, true) : number,
          sex: person.isMale ? '男' : '女',
          birth_date: this.day(this.slip(0.01) ? this.otherBirth(person.birth) : person.birth),
          death_date: this.day(death),
          hukou_area_code: hukou?.village.code ?? '',
          area_code: place?.village.code ?? '',
          address: place === undefined ? '' : this.address(place, habitsOf(this.habits)),
        })
      if (place !== undefined && draw.chance(0.75))
        this.push('census_deaths', person, {
          block_code: place.village.code + place.block,
          household_no: this.householdNo('census', place),
          name: this.slip(0.02) ? slipName(draw, name || '无名') : name || '未取名',
          id_number: draw.chance(habitsMissing(this.habits)) ? '' : number,
          sex: person.isMale ? '1' : '2',
          birth_month: `${person.birth.year}${String(person.birth.month).padStart(2, '0')}`,
          death_month: `${death.year}${String(death.month).padStart(2, '0')}`,
          age: String(Math.max(0, death.year - person.birth.year)),
        })
    }
  }
}

function habitsOf(habits: OfficeHabits): OfficeHabits['policeAddress'] {
  return habits.policeAddress
}

function habitsMissing(habits: OfficeHabits): number {
  return Math.min(0.7, habits.numbersMissing + 0.1)
}
