/**
 * How two written names of one person stand to each other: the same, the same but for variants, damaged, or different.
 *
 * In:  name numbers. Out: NAME_RELATION. Reads comparison levels of src/matching/compare; what is only a respelling, a
 * cut or reordered transliteration or a lost character is not an error of the register.
 */
import { AnalysedNames } from '../matching/compare/analysed-names.ts'
import { compareNamesSlow } from '../matching/compare/long-name.ts'
import { compareNames } from '../matching/compare/name.ts'
import { NAME_LEVEL } from '../matching/compare/levels.ts'
import { analyseName, NAME_KIND } from '../normalise/name.ts'
import type { NameFeatures } from '../records/name-features.ts'
import type { TextDictionary } from '../records/text-dictionary.ts'

export const NAME_RELATION = { same: 0, variant: 1, damaged: 2, different: 3 } as const
export type NameRelation = (typeof NAME_RELATION)[keyof typeof NAME_RELATION]

const LONG_NAME = 4
/** A surname and what a baby is called at home; or what a clerk writes who has heard no name, where the register has one. */
const PET_NAME = /^(?:\p{Script=Han}{1,2}(?:毛毛|毛娃|毛头|宝宝|娃娃|囡囡|妹妹|弟弟)|宝宝|毛毛|无名|未取|未报|未起)$/u

export class NameReader {
  private readonly names: TextDictionary
  private readonly features: NameFeatures | undefined
  private readonly analysed: AnalysedNames
  /** Relations of pairs read before, where no features are at hand. */
  private readonly known = new Map<string, NameRelation>()

  constructor(names: TextDictionary, features: NameFeatures | undefined) {
    this.names = names
    this.features = features
    this.analysed = new AnalysedNames(names)
  }

  relation(a: number, b: number): NameRelation {
    if (a === b || a === 0 || b === 0) return NAME_RELATION.same
    const { features } = this
    if (features === undefined) {
      const relation = this.relationOfTexts(this.names.text(a), this.names.text(b))
      return relation === NAME_RELATION.same ? this.relationToNoName(a, b) : relation
    }
    const level = compareNames(features, this.analysed, a, b)
    const isNoName = features.kind(a) === NAME_KIND.placeholder || features.kind(b) === NAME_KIND.placeholder
    if (level === NAME_LEVEL.missing || isNoName) return this.relationToNoName(a, b)
    const isDamaged = this.isDamaged(a) || this.isDamaged(b)
    const isLong =
      isTransliterated(features.kind(a), features.length(a)) || isTransliterated(features.kind(b), features.length(b))
    return relationOfLevel(level, isDamaged, isLong)
  }

  /** 未取名 and its kin say nothing; a pet name (毛毛, 小妹) or 无名 is another name than the one in the register. */
  private relationToNoName(a: number, b: number): NameRelation {
    const texts = [this.names.text(a), this.names.text(b)]
    const parts = texts.map(analyseName)
    const kinds = parts.map(({ kind }) => kind)
    // Comparing does not hold it against the other name that somebody is called so at home, or by a surname alone; it is another name.
    if (kinds.every((kind) => kind === NAME_KIND.han))
      return compareNamesSlow(texts[0], texts[1]) === NAME_LEVEL.missing ? NAME_RELATION.different : NAME_RELATION.same
    const isOther = texts.some(
      (text, i) =>
        kinds[i] === NAME_KIND.placeholder &&
        kinds[1 - i] !== NAME_KIND.placeholder &&
        kinds[1 - i] !== NAME_KIND.blank &&
        PET_NAME.test(text.trim()),
    )
    return isOther ? NAME_RELATION.different : NAME_RELATION.same
  }

  isDamaged(name: number): boolean {
    if (name === 0) return false
    const { features } = this
    if (features === undefined) return hasLostCharacter(this.names.text(name))
    return features.isLost(name) || features.kind(name) === NAME_KIND.damaged || features.kind(name) === NAME_KIND.latin
  }

  private relationOfTexts(a: string, b: string): NameRelation {
    const key = `${a}\u0000${b}`
    let relation = this.known.get(key)
    if (relation === undefined) {
      const [one, other] = [analyseName(a), analyseName(b)]
      const isNoName = one.kind === NAME_KIND.placeholder || other.kind === NAME_KIND.placeholder
      relation = relationOfLevel(
        isNoName ? NAME_LEVEL.missing : compareNamesSlow(a, b),
        hasLostCharacter(a) || hasLostCharacter(b),
        isTransliterated(one.kind, one.codes.length) || isTransliterated(other.kind, other.codes.length),
      )
      this.known.set(key, relation)
    }
    return relation
  }
}

function isTransliterated(kind: number, length: number): boolean {
  return kind === NAME_KIND.dotted || length > LONG_NAME
}

function hasLostCharacter(text: string): boolean {
  const parts = analyseName(text)
  return parts.kind === NAME_KIND.damaged || parts.kind === NAME_KIND.latin || parts.spelling.includes('�')
}

function relationOfLevel(level: number, isDamaged: boolean, isLong: boolean): NameRelation {
  if (level === NAME_LEVEL.missing || level === NAME_LEVEL.exact) return NAME_RELATION.same
  if (isDamaged) return NAME_RELATION.damaged
  if (level === NAME_LEVEL.variant) return NAME_RELATION.variant
  // A transliterated name cut, reordered or without the father's name is written differently, not wrongly.
  const isRewritten = isLong && (level === NAME_LEVEL.dropped || level === NAME_LEVEL.swapped)
  return isRewritten ? NAME_RELATION.variant : NAME_RELATION.different
}
