/** In the English page, what an answer of the forms means, beside its Chinese. */
import type { FieldId } from '../../api.ts'
import { glossOf } from '../words/glosses.ts'
import { currentLanguage } from '../words/index.ts'

export function Gloss({ field, text }: { readonly field: FieldId; readonly text: string }) {
  const gloss = currentLanguage() === 'en' ? glossOf(field, text) : ''
  return gloss === '' ? null : (
    <span class="gloss" lang="en">
      {' '}
      {gloss}
    </span>
  )
}
