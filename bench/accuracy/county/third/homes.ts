/**
 * Where people live and where they are registered, at the standard time.
 *
 * In:  the population. Out: dwellings, registered households, and for each person both, with the dates of moves.
 * A registered household is not the family at table: sons who have a house of their own stand in their father's
 * booklet, brides in their parents', and whole families in a village that they left years ago.
 */
import { dateOf, dayOf, T0 } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import { drawSurname } from './names.ts'
import type { Office } from './office.ts'
import { ageAt, type Person, type Population } from './people.ts'
import { leave, monthsSince, newStay, type Place, type Stay } from './stays.ts'

export class Homes {
  readonly stays: Stay[] = []
  readonly dwellings: Place[] = []
  readonly households: Place[] = []
  private readonly random: Random
  private readonly population: Population
  private readonly office: Office
  private readonly oldHomes = new Map<number, Place>()

  constructor(random: Random, population: Population, office: Office) {
    this.random = random
    this.population = population
    this.office = office
    for (const person of population.people) this.stays.push(newStay(person, person.death === 0 || person.death >= T0))
    this.settle()
    this.register()
    this.scatter()
    this.receive(population.people.length * 0.05)
  }

  private open(list: Place[], village: number, collective = false, door = this.random.range(1, 1200)): Place {
    const place = { village, collective, no: list.length + 1, door, members: [] }
    list.push(place)
    return place
  }

  stayOf(person: Person): Stay {
    return this.stays[person.id] as Stay
  }

  private isHere(person: Person | undefined): person is Person {
    return person !== undefined && person.village >= 0 && this.stayOf(person).lives
  }

  /** Families at table: a couple, its unmarried children, and often the man's parents. */
  private settle(): void {
    const { random } = this
    const people = this.population.people.filter((p) => this.isHere(p) && p.birth < T0 + 10000)
    const put = (person: Person, place: Place): void => {
      const stay = this.stayOf(person)
      if (stay.dwelling !== undefined || place.village !== person.village) return
      stay.dwelling = place
      place.members.push(person)
    }
    const seat = (person: Person, place: Place): void => {
      put(person, place)
      if (this.isHere(person.spouse)) put(person.spouse, place)
      for (const child of person.children) if (this.isHere(child) && child.married === 0) put(child, place)
    }
    // The youngest son keeps the old house.
    for (const person of people) {
      if (person.married === 0 || this.stayOf(person).dwelling !== undefined) continue
      const sons = person.children.filter(
        (c) => this.isHere(c) && c.married > 0 && c.village === person.village && c.sex === 1,
      )
      const heir =
        sons.at(-1) ?? person.children.find((c) => this.isHere(c) && c.married > 0 && c.village === person.village)
      const place = this.open(this.dwellings, person.village)
      seat(person, place)
      if (heir !== undefined && random.chance(0.62)) seat(heir, place)
    }
    for (const person of people) {
      if (this.stayOf(person).dwelling !== undefined) continue
      const kin = [person.father, person.mother, ...(person.father?.children ?? [])].find(
        (k) => this.isHere(k) && this.stayOf(k).dwelling?.village === person.village,
      )
      put(person, kin === undefined ? this.open(this.dwellings, person.village) : (this.stayOf(kin).dwelling as Place))
    }
  }

  /** Booklets: mostly the family at table, but never quite. */
  private register(): void {
    const { random } = this
    const booklets = new Map<string, Place>()
    const enter = (person: Person, place: Place): void => {
      this.stayOf(person).hukou = place
      place.members.push(person)
    }
    for (const dwelling of this.dwellings) {
      const couples = dwelling.members.filter(
        (p) => p.married > 0 && (p.sex === 1 || !dwelling.members.includes(p.spouse as Person)),
      )
      const apart = couples.length > 1 && random.chance(0.3)
      for (const person of dwelling.members) {
        // Her own booklet if she is a couple's wife, her parents' if she is a child.
        const own =
          person.married > 0 ? (couples.find((c) => c === person || c.spouse === person) ?? person) : undefined
        const head = apart ? (own ?? couples.find((c) => c.children.includes(person)) ?? couples[0]) : couples[0]
        const father = couples[0]?.father
        const withFather =
          head === couples[0] &&
          father !== undefined &&
          this.isHere(father) &&
          this.stayOf(father).dwelling?.village === dwelling.village
        const key =
          withFather && Number(father.id) % 7 === 0 ? `f${father.id}` : `d${dwelling.no}-${apart ? (head?.id ?? 0) : 0}`
        const fathers = key.startsWith('f') ? this.stayOf(father as Person).hukou : undefined
        const place = fathers ?? booklets.get(key) ?? this.open(this.households, dwelling.village, false, dwelling.door)
        booklets.set(key, place)
        enter(person, place)
      }
    }
    for (const person of this.population.people) {
      const stay = this.stayOf(person)
      if (!stay.lives) this.bury(person, stay)
      else if (person.village < 0) this.leaveByMarriage(person, stay)
      else if (person.imported && random.chance(0.18)) this.unregister(stay, this.population.elsewhere())
      else if (person.sex === 2 && person.married > 0 && person.natal >= 0 && person.natal !== person.village)
        this.moveBride(person, stay)
      else if (person.imported && person.married > 0) stay.movedIn = random.chance(0.5) ? person.married : 0
    }
    // Papers that arrived in the last days, before and after the standard time.
    for (const stay of this.stays) {
      if (stay.hukou === undefined || stay.former !== undefined || !random.chance(0.0015)) continue
      const village = random.int(this.population.villages.length)
      if (village === stay.hukou.village) continue
      stay.former = stay.hukou
      leave(stay)
      enter(stay.person, this.open(this.households, village))
      stay.movedIn = dateOf(dayOf(T0) + random.range(-500, 19))
    }
    const booklet = this.open(this.households, 0, true)
    for (const stay of this.stays) {
      if (
        stay.hukou === undefined ||
        ageAt(stay.person, T0) < 22 ||
        ageAt(stay.person, T0) > 34 ||
        !random.chance(0.012)
      )
        continue
      leave(stay)
      enter(stay.person, booklet)
      stay.movedIn = this.population.dateIn(random.range(2012, 2019))
    }
  }

  private bookletOfKin(person: Person): Place {
    const kin = [person.father, person.mother, ...(person.father?.children ?? [])].find(
      (k) => k !== undefined && k !== person && this.stayOf(k).hukou?.village === person.natal,
    )
    if (kin !== undefined) return this.stayOf(kin).hukou as Place
    const known = this.oldHomes.get(person.father?.id ?? -1 - person.id) ?? this.open(this.households, person.natal)
    this.oldHomes.set(person.father?.id ?? -1 - person.id, known)
    return known
  }

  private moveBride(person: Person, stay: Stay): void {
    const { random } = this
    const { rates } = this.office
    const old = this.bookletOfKin(person)
    if (random.chance(person.married > 19950000 ? rates.brideKeepsHukou : 0.03)) {
      leave(stay)
      stay.hukou = old
      old.members.push(person)
      stay.months = monthsSince(person.married)
      stay.why = '婚姻嫁娶'
      return
    }
    stay.movedIn = person.married
    if (random.chance(rates.brideHasBoth)) {
      stay.formerStands = true
      stay.former = old
      if (random.chance(0.4)) stay.movedIn = 0
    } else if (person.married > 20080000 || random.chance(0.08)) stay.former = old
  }

  private leaveByMarriage(person: Person, stay: Stay): void {
    const { random } = this
    const { rates } = this.office
    stay.outside = 'country'
    stay.outsideCode = this.population.elsewhere()
    stay.why = '婚姻嫁娶'
    stay.months = monthsSince(person.married)
    const moved = random.chance(0.8) || person.married < 20000000
    if (person.natal >= 0 && (!moved || (person.married > 20000000 && random.chance(rates.moveNotCancelled * 0.3)))) {
      stay.hukou = this.bookletOfKin(person)
      stay.hukou.members.push(person)
      return
    }
    if (person.natal < 0 || person.married < 20080000) {
      stay.lives = false
      return
    }
    stay.gone = '2'
    stay.goneOn = person.married
    stay.former = this.bookletOfKin(person)
  }

  private bury(person: Person, stay: Stay): void {
    const { random } = this
    if (person.death < 20100000 || person.village < 0) return
    const kin = [person.spouse, ...person.children, person.father].find(
      (k) => k !== undefined && this.stayOf(k).hukou !== undefined,
    )
    const place = kin === undefined ? this.open(this.households, person.village) : (this.stayOf(kin).hukou as Place)
    stay.hukou = place
    place.members.push(person)
    const lag = random.chance(0.7) ? random.range(1, 28) : random.range(28, 400)
    stay.gone = '1'
    stay.goneOn = dateOf(dayOf(person.death) + lag)
    const standing = random.chance(this.office.rates.deathNotCancelled * (person.death > 20190101 ? 1 : 0.1))
    if (standing || stay.goneOn > 20201120) stay.gone = ''
  }

  private unregister(stay: Stay, code: string): void {
    leave(stay)
    stay.hukou = undefined
    stay.hukouCode = code
    stay.months = monthsSince(stay.person.married)
    stay.why = '婚姻嫁娶'
  }

  /** Work, school, the flat in town: who is not at home. */
  private scatter(): void {
    const { random } = this
    const seat = (): number => random.int(7)
    const school = [this.open(this.dwellings, 0, true), this.open(this.dwellings, 1, true)]
    const factory = [this.open(this.dwellings, 2, true), this.open(this.dwellings, 7, true)]
    const old = this.open(this.dwellings, 3, true)
    const send = (person: Person, to: Place | 'country' | 'abroad', months: number, why: string): void => {
      const stay = this.stayOf(person)
      const from = stay.dwelling
      if (from === undefined || stay.outside !== '') return
      from.members.splice(from.members.indexOf(person), 1)
      stay.dwelling = undefined
      if (typeof to === 'string')
        Object.assign(stay, { outside: to, outsideCode: to === 'country' ? this.population.elsewhere() : '' })
      else {
        stay.dwelling = to
        to.members.push(person)
      }
      if (stay.months === 0) Object.assign(stay, { months, why })
    }
    for (const stay of this.stays) {
      const { person, dwelling } = stay
      if (!stay.lives || dwelling === undefined) continue
      const age = ageAt(person, T0)
      const { urban } = this.population.villages[dwelling.village] as { urban: boolean }
      const months = random.chance(0.15) ? random.range(1, 5) : random.range(6, 160)
      if (person.married > 0 && person.sex === 1 && age < 55) {
        const family = [person, person.spouse, ...person.children.filter((c) => c.married === 0)].filter(
          (p): p is Person => p !== undefined && this.isHere(p),
        )
        const kind = random.next()
        if (kind < 0.08 && !urban) {
          const flat = this.open(this.dwellings, seat())
          for (const one of family) send(one, flat, months, '拆迁/搬家')
        } else if (kind < 0.19)
          for (const one of family) send(one, 'country', months, one === person ? '工作就业' : '随同离开/投亲靠友')
        else if (kind < 0.25) for (const one of family.slice(0, 2)) send(one, 'country', months, '工作就业')
        else if (kind < 0.36) send(person, 'country', months, '工作就业')
      } else if (person.married === 0 && age >= 15 && age < 18 && random.chance(0.5))
        send(person, random.pick(school), random.chance(0.3) ? 2 : random.range(6, 30), '学习培训')
      else if (person.married === 0 && age >= 18 && age < 23 && random.chance(0.35)) this.study(stay, send, months)
      else if (person.married === 0 && age >= 18 && age < 40) {
        const kind = random.next()
        if (kind < 0.3) send(person, 'country', months, '工作就业')
        else if (kind < 0.37) send(person, random.pick(factory), months, '工作就业')
        else if (kind < 0.43) send(person, this.open(this.dwellings, seat()), months, '工作就业')
        else if (kind < 0.445) send(person, 'abroad', months, '工作就业')
        else if (kind < 0.455 && person.sex === 1 && age < 25) this.enlist(stay, send, '3')
      } else if (age > 65 && random.chance(0.02)) send(person, old, months, '养老/康养')
      else if (age > 50 && age < 70 && random.chance(0.06)) send(person, 'country', months, '照料孙子女')
      else if (age > 20 && random.chance(0.002)) this.enlist(stay, send, '4')
    }
  }

  private study(
    stay: Stay,
    send: (person: Person, to: 'country', months: number, why: string) => void,
    months: number,
  ): void {
    send(stay.person, 'country', months, '学习培训')
    if (!this.random.chance(0.25) || stay.hukou === undefined) return
    Object.assign(stay, { gone: '2', goneOn: 20190901, former: stay.hukou })
    leave(stay)
    stay.hukou = undefined
  }

  /** Soldiers and settlers abroad lose the hukou, and are not for this census. */
  private enlist(
    stay: Stay,
    send: (person: Person, to: 'country' | 'abroad', months: number, why: string) => void,
    gone: '3' | '4',
  ): void {
    if (stay.hukou === undefined) return
    send(stay.person, gone === '3' ? 'country' : 'abroad', 20, '其他')
    Object.assign(stay, { gone, goneOn: this.population.dateIn(this.random.range(2017, 2019)) })
  }

  /** People from other counties: families, couples and single workers. */
  private receive(count: number): void {
    const { random, population } = this
    const shop = [this.open(this.dwellings, 2, true), this.open(this.dwellings, 4, true)]
    for (let made = 0; made < count; ) {
      const code = population.elsewhere()
      const village = random.chance(0.75) ? random.int(7) : random.int(population.villages.length)
      const alone = random.chance(0.4)
      const place = alone && random.chance(0.7) ? random.pick(shop) : this.open(this.dwellings, village)
      const year = random.range(1960, 1999)
      const surname = drawSurname(random)
      const add = (sex: 1 | 2, born: number, own: string, rest: Partial<Person> = {}): Person => {
        const birth = population.dateIn(born)
        const name = population.nameFor(sex, born, '汉族', own, undefined)
        const number = population.issue(birth, sex, code)
        const person = population.add({
          sex,
          birth,
          name,
          group: '汉族',
          natal: -1,
          village: place.village,
          number,
          ...rest,
        })
        person.death = 0
        const stay = {
          ...newStay(person, birth < T0),
          dwelling: place,
          hukouCode: random.chance(0.015) ? '待定' : code,
        }
        Object.assign(stay, { months: random.chance(0.2) ? random.range(1, 5) : random.range(6, 140), why: '工作就业' })
        this.stays.push(stay)
        place.members.push(person)
        made++
        return person
      }
      const first = add(random.chance(0.55) ? 1 : 2, year, surname, { married: alone ? 0 : 19990101 })
      if (alone) continue
      const other = add(first.sex === 1 ? 2 : 1, year + random.range(-3, 3), drawSurname(random), {
        married: 19990101,
        spouse: first,
      })
      first.spouse = other
      const [father, mother] = first.sex === 1 ? [first, other] : [other, first]
      for (let k = random.int(3); k > 0; k--) {
        const child = add(
          random.chance(0.52) ? 1 : 2,
          Math.min(2019, Math.max(2003, year + random.range(22, 33))),
          father.name.surname,
          { father, mother },
        )
        father.children.push(child)
        mother.children.push(child)
      }
    }
  }
}
