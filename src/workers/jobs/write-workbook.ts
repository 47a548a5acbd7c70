/** Makes the bytes of a workbook while the main thread reads the next township. */
import { type WorkbookPlan, writeWorkbook } from '../../report/workbook/xlsx.ts'

export async function run(plan: WorkbookPlan): Promise<Uint8Array> {
  return writeWorkbook(plan)
}
