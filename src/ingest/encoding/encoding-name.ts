/** Names of encodings as people write them → the four that are read; undefined where it is none of them. */

export type EncodingName = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

export function encodingNamed(text: string): EncodingName | undefined {
  switch (text.toLowerCase().replaceAll('_', '-')) {
    case 'utf-8':
    case 'utf8':
      return 'utf-8'
    case 'gb18030':
    case 'gbk':
    case 'gb2312':
    case 'cp936':
      return 'gb18030'
    case 'utf-16le':
    case 'utf16le':
    case 'utf-16':
      return 'utf-16le'
    case 'utf-16be':
    case 'utf16be':
      return 'utf-16be'
    default:
      return undefined
  }
}
