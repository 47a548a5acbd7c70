/**
 * Payments as the bank that sent them and the bank that received them write them down: a memo that is cut short, the amount, the day.
 *
 * In: seed and how many. Out: two tables, one to one. Money arrives some days after it was sent, some of it changed into another
 * currency at a rate of the day; who pays rent sends the same sum with the same memo every month.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, WOMEN } from './names.ts'
import { ranked } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const KINDS = 'payment donation invoice rent gift loan holiday deposit refund fees'.split(' ')
const CHANNELS = ['BGC', 'CSH', 'FPI', 'TFR']
/** Signs that the sending bank has room for. */
const ROOM = 15

function written(chance: Chance, given: string, family: string): string {
  return chance
    .pick([`${given} ${family}`, `${given[0]} ${family}`, `${given} ${family[0]}`, `${given[0]} ${family[0]}`])
    .toUpperCase()
}

function dayOf(days: number): string {
  return new Date(Date.UTC(2022, 0, 1 + days)).toISOString().slice(0, 10)
}

export function makePayments(seed: number, options: { payments: number }): MadeTable {
  const chance = new Chance(seed ^ 0x9a4)
  const left: Row[] = []
  const right: Row[] = []
  while (left.length < options.payments) {
    const given = ranked(chance, chance.happens(0.5) ? MEN : WOMEN, 0.6)
    const family = chance.happens(0.4) ? ranked(chance, COMPOUNDS, 0.3) : ranked(chance, SURNAMES, 0.4)
    const kind = chance.pick(KINDS)
    const payer = written(chance, given, family)
    const months = chance.happens(0.1) ? chance.between(2, 6) : 1
    const sum = Math.exp(3 + 2.2 * chance.next() + 2 * chance.next())
    const first = chance.below(150)
    for (let month = 0; month < months; month++) {
      const sent = first + month * 30 + chance.below(2)
      let late = 0
      while (late < 30 && chance.happens(0.55)) late++
      const rate = chance.happens(0.25) ? 0.96 + chance.next() * 0.08 : 1
      const cluster = String(left.length)
      left.push({
        unique_id: `s${left.length}`,
        memo: `${payer} ${kind}`.slice(0, ROOM),
        transaction_date: dayOf(sent),
        amount: sum.toFixed(2),
        cluster,
      })
      right.push({
        unique_id: `r${right.length}`,
        memo: `${payer} ${chance.happens(0.5) ? kind : ''} ${chance.pick(CHANNELS)}`.replace('  ', ' '),
        transaction_date: dayOf(sent + late),
        amount: (sum * rate).toFixed(2),
        cluster,
      })
    }
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: { id: 'unique_id', columns: { memo: 'text', transaction_date: 'date', amount: 'number' } },
  }
}
