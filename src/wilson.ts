/**
 * Wilson's interval of a share (1927), at 95 %: inside 0 and 1, and not empty at either end, where the usual one is.
 */

/** 97.5 % point of the normal distribution. */
export const NORMAL_975 = 1.959963984540054

/**
 * @param share observed, 0 to 1
 * @param size of how many; of a sample of clusters the effective size, which need not be whole. More than 0
 */
export function wilsonInterval(share: number, size: number): { readonly low: number; readonly high: number } {
  const z2 = NORMAL_975 * NORMAL_975
  const centre = (share + z2 / (2 * size)) / (1 + z2 / size)
  const half = (NORMAL_975 / (1 + z2 / size)) * Math.sqrt((share * (1 - share)) / size + z2 / (4 * size * size))
  // Rounding must not leave a trace of a bound that is exact.
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) }
}
