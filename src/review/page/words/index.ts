/** The catalogues: a key and what fills its `{places}` → the sentence in the language chosen. */
import { en } from './en.ts'
import { type WordKey, zh } from './zh.ts'

export type { WordKey } from './zh.ts'
export type Language = 'zh' | 'en'

export const CATALOGUES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { zh, en }

let language: Language = 'zh'

export function setLanguage(chosen: Language): void {
  language = chosen
}

export function currentLanguage(): Language {
  return language
}

export function say(key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return CATALOGUES[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  )
}

/** For codes that come from the server: the word, or the code itself where the catalogue has none. */
export function sayCode(prefix: string, code: string): string {
  const key = `${prefix}.${code}`
  return isWordKey(key) ? say(key) : code
}

export function isWordKey(key: string): key is WordKey {
  return key in zh
}
