/** Worker's side of giving memory back between the stages. */
import { collectGarbage } from '../garbage.ts'

export function run(): void {
  collectGarbage()
}
