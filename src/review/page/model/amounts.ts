/** Numbers as they are shown: weights to the milli-bit, so that what is shown adds up exactly; counts with commas. */

/** 10420 → `+10.420`, −17250 → `−17.250` */
export function weightText(milliBits: number): string {
  const size = Math.abs(milliBits)
  const text = `${Math.floor(size / 1000)}.${String(size % 1000).padStart(3, '0')}`
  return milliBits < 0 ? `−${text}` : `+${text}`
}

/** What weightText shows, as a number of milli-bits again. */
export function weightOfText(text: string): number {
  return Math.round(Number(text.replace('−', '-').replace('+', '')) * 1000)
}

export function percentText(share: number, digits = 1): string {
  return Number.isFinite(share) ? (share * 100).toFixed(digits) : '–'
}

export function countText(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')
}

export function decimalText(value: number, digits = 2): string {
  // A rounded −0.0004 is 0.000, not −0.000.
  return Number.isFinite(value) ? value.toFixed(digits).replace(/^-(0(?:\.0+)?)$/, '$1') : '–'
}

/** Ends of an interval, or nothing where nothing is known. */
export function intervalText(low: number, high: number): string {
  return Number.isFinite(low) && Number.isFinite(high) ? `${decimalText(low, 3)} – ${decimalText(high, 3)}` : '–'
}
