/**
 * Seeded randomness: sfc32, seeded by hashing a text.
 *
 * In:  a seed text such as `7/census`. Every part of the county draws from its own stream, so
 *      changing the rates of one register leaves the others as they were.
 * Out: floats, integers, choices, and tables that are drawn by weight.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter: number

  constructor(seed: string) {
    const [a, b, c, d] = hashText(seed)
    this.a = a
    this.b = b
    this.c = c
    this.counter = d
    for (let i = 0; i < 16; i++) this.word()
  }

  /** sfc32 (Chris Doty-Humphrey, PractRand): 32 fresh bits. */
  private word(): number {
    const t = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return t >>> 0
  }

  /** In [0, 1). */
  next(): number {
    return this.word() / 4294967296
  }

  /** A whole number in [0, below). */
  int(below: number): number {
    return Math.floor(this.next() * below)
  }

  /** A whole number in [low, high]. */
  range(low: number, high: number): number {
    return low + this.int(high - low + 1)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: ArrayLike<T>): T {
    return items[this.int(items.length)] as T
  }

  /** Sum of uniforms: near enough to a bell for ages and gaps. */
  bell(mean: number, spread: number): number {
    return mean + (this.next() + this.next() + this.next() + this.next() - 2) * spread * 1.73
  }
}

/**
 * A rare event spread evenly: it happens once in about 1/rate tries, never in long runs or gaps.
 * So a county of a few thousand people still has one of nearly everything.
 */
export class RareEvent {
  private readonly random: Random
  private readonly rate: number
  private due: number

  constructor(random: Random, rate: number) {
    this.random = random
    this.rate = rate
    this.due = 0.4 + 0.6 * random.next()
  }

  happens(): boolean {
    this.due += this.rate * (0.5 + this.random.next())
    if (this.due < 1) return false
    this.due -= 1
    return true
  }
}

/** Items drawn with given weights, by binary search in the running sums. */
export class WeightedTable<T> {
  readonly items: readonly T[]
  private readonly sums: Float64Array

  constructor(items: readonly T[], weights: readonly number[]) {
    this.items = items
    this.sums = new Float64Array(items.length)
    let sum = 0
    for (let i = 0; i < items.length; i++) {
      sum += weights[i] as number
      this.sums[i] = sum
    }
  }

  draw(random: Random): T {
    const target = random.next() * (this.sums[this.sums.length - 1] as number)
    let low = 0
    let high = this.sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.sums[middle] as number) > target) high = middle
      else low = middle + 1
    }
    return this.items[low] as T
  }
}

/** cyrb128: four words out of a text. */
function hashText(text: string): [number, number, number, number] {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  h1 ^= h2 ^ h3 ^ h4
  return [h1 >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0]
}
