/**
 * Names of villages and communities (村, 社区, 嘎查), read from addresses: registers hold their codes only.
 *
 * In:  addresses as written, by the twelve-digit code of the village their row belongs to. Out: a name for each code whose
 *      addresses agree on one. As township-name.ts, whose rules these are one level down: silent addresses say nothing, and
 *      two villages of a township that would bear one name bear none.
 */
import { foldCell } from './cell-text.ts'
import { afterTownship, agreedNames } from './township-name.ts'

/** 新村社区 and 中村村 are named after a village; 新村路 and 农村信用社 are none. 村委会 behind the name is not part of it. */
const VILLAGE =
  /^[^\d省县镇乡组号栋路街巷]{1,10}?(?:社区|村|嘎查)(?!社区|村(?!民委|委会)|路|街|巷|道|里|信用|小区|小学)/u

/** 临川县长滩镇上桥社区1栋 → 上桥社区; '' where none is named. */
export function villageInAddress(address: string): string {
  return VILLAGE.exec(afterTownship(foldCell(address)))?.[0] ?? ''
}

/** @param addresses by twelve-digit code */
export function nameVillages(addresses: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return agreedNames(addresses, villageInAddress, 9)
}
