/** Places in words: the name of a township or village where the run knows one, with its code beside it; otherwise the code. */
import { say } from './index.ts'

let townships: Readonly<Record<string, string>> = {}

/** @param names by nine-digit code, of the run on the desk */
export function setTownships(names: Readonly<Record<string, string>>): void {
  townships = names
}

/** @param area at least the nine digits of the township; the three digits that tell it in its county are shown */
export function townshipWord(area: string): string {
  const name = townships[area.slice(0, 9)]
  const code = area.slice(6, 9) || area
  return name === undefined ? say('township', { n: code }) : `${name} ${code}`
}

/** A village as townshipWord: its name and the three digits that tell it in its township; nothing where the code ends before. */
export function villageWord(area: string, name: string): string {
  const code = area.slice(9, 12)
  if (code === '') return ''
  return name === '' ? say('village', { n: code }) : `${name} ${code}`
}

/** Of a code of nine digits or more in a cell: its township, where the run knows the name; nobody has the codes by heart. */
export function townshipIn(text: string): string {
  const [code = ''] = /\d{9,}/.exec(text) ?? []
  return townships[code.slice(0, 9)] ?? ''
}

/** The whole code, for tables that are signed and kept. */
export function townshipTitle(area: string): string {
  const name = townships[area]
  return name === undefined ? area : `${name} ${area}`
}
