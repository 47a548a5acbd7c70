/**
 * A sound key for names in Latin letters: what sounds alike gets the same key, whatever the spelling.
 *
 * In:  a folded name. Out: consonant classes in order, the first letter kept as a class of its own, at most six.
 * Wider than Soundex where clerks err (ph/f, kn/n, wr/r, c/k/q, z/s, mac/mc), as narrow elsewhere; Lawrence Philips'
 * Double Metaphone is the model. Names in other scripts are their own key.
 */
const CLASS: Readonly<Record<string, string>> = {
  b: 'p',
  p: 'p',
  f: 'f',
  v: 'f',
  c: 'k',
  k: 'k',
  q: 'k',
  g: 'k',
  j: 'j',
  x: 's',
  s: 's',
  z: 's',
  d: 't',
  t: 't',
  l: 'l',
  m: 'm',
  n: 'n',
  r: 'r',
}

export function soundKey(name: string): string {
  if (!/^[a-z ]+$/.test(name)) return name
  let word = name.replaceAll(' ', '')
  word = word
    .replace(/^(kn|gn|pn)/, 'n')
    .replace(/^wr/, 'r')
    .replace(/^wh/, 'w')
    .replace(/^mac(?=[^aeiou])/, 'mc')
    .replace(/^x/, 's')
    .replace(/ph/g, 'f')
    .replace(/sch|sh|ch|tch/g, 'j')
    .replace(/dg(?=[eiy])/g, 'j')
    .replace(/th/g, 't')
    .replace(/gh(?=t|$)/g, '')
    .replace(/gh/g, 'k')
    .replace(/ck/g, 'k')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/g(?=[eiy])/g, 'j')
  let key = ''
  let last = ''
  for (let i = 0; i < word.length; i++) {
    const letter = word[i]
    const sound = CLASS[letter] ?? (i === 0 ? 'a' : '')
    if (sound !== '' && sound !== last) key += sound
    // h and w do not part equal sounds, vowels do.
    if (sound !== '' || !/[hw]/.test(letter)) last = sound
    if (key.length === 6) break
  }
  return key
}
