import { REGISTER_SPECS, REGISTERS } from '../../src/registers/columns.ts'
import { type SourceLine, sourceLines } from '../../src/store/source-columns.ts'

/** One file of each register with every column that it may have. */
export function everyRegister(): readonly SourceLine[] {
  const header = (register: (typeof REGISTERS)[number]) => REGISTER_SPECS[register].columns.map(({ name }) => name)
  return sourceLines(REGISTERS.map((register) => ({ register, header: header(register) })))
}
