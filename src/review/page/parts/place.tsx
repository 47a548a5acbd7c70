/** A place of the strip: its Chinese name is read aloud as Chinese in the English page too. */
export function Place({ name }: { readonly name: string }) {
  return /\p{Script=Han}/u.test(name) ? <span lang="zh-CN">{name}</span> : <span>{name}</span>
}
