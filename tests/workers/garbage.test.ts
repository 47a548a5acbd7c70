import { expect, test } from 'vitest'
import { collectGarbage, collectYoungGarbage } from '../../src/workers/garbage.ts'

/** A reference to something that nothing else holds, made in a job that is over: until then V8 keeps what was just referred to. */
async function forgotten(): Promise<WeakRef<object>> {
  const reference = new WeakRef({})
  await new Promise((next) => setTimeout(next, 0))
  return reference
}

test('garbage is collected when it is asked for, a first and a second time', async () => {
  // A collection that V8 is in the middle of would take what is forgotten before it is asked to.
  collectGarbage()
  for (let time = 0; time < 2; time++) {
    const reference = await forgotten()
    // To a collection of what is young a weak reference is as good as any other.
    collectYoungGarbage()
    expect(reference.deref()).toBeDefined()
    await new Promise((next) => setTimeout(next, 0))
    collectGarbage()
    expect(reference.deref()).toBeUndefined()
  }
})
