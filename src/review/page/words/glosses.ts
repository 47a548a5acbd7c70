/** Answers of the forms in English, to stand beside the Chinese: a closed list each, written out by report/lists/record-words.ts. */
import type { FieldId } from '../../api.ts'

const RELATIONS = {
  户主: 'head',
  配偶: 'spouse',
  子女: 'child',
  父母: 'parent',
  岳父母或公婆: 'parent-in-law',
  祖父母: 'grandparent',
  媳婿: 'child-in-law',
  孙子女: 'grandchild',
  兄弟姐妹: 'sibling',
  其他: 'other',
  其他亲属: 'other relative',
  非亲属: 'no relative',
}

const PLACES = {
  本村居: 'this village',
  本乡镇其他村居: 'other village here',
  本县其他乡镇: 'other township here',
  其他县: 'another county',
  户口待定: 'undetermined',
}

const STATES = {
  现住本普查小区: 'lives in this block',
  现住本村居其他小区: 'lives in another block here',
  现住本乡镇其他村居: 'lives in another village here',
  现住本县其他乡镇: 'lives in another township here',
  现住其他县: 'lives in another county',
  现住港澳台: 'lives in Hong Kong, Macao, Taiwan',
  现住国外: 'lives abroad',
  正常: 'in force',
  死亡: 'dead',
  迁出: 'moved out',
  服兵役: 'military service',
  出国境定居: 'settled abroad',
  删除: 'deleted',
  注销: 'cancelled',
  其它: 'other',
  旧版本: 'old version',
  已冲销: 'reversed',
}

const GLOSSES: Readonly<Partial<Record<FieldId, Readonly<Record<string, string>>>>> = {
  sex: { 男: 'male', 女: 'female' },
  relation: RELATIONS,
  place: PLACES,
  status: STATES,
}

/** `其他县 510104` of the hukou place → another county: by the first word; '' for what is no answer of a closed list. */
export function glossOf(field: FieldId, text: string): string {
  const [word] = text.split(/[\s(，]/u, 1)
  const glosses = GLOSSES[field] ?? {}
  return Object.hasOwn(glosses, word) ? glosses[word] : ''
}
