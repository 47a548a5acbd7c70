/** A table that may be wider than a narrow screen: scrolled in its own box, by keyboard too. */
import type { ComponentChildren } from 'preact'

export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={label}>
      {children}
    </div>
  )
}
