/**
 * Codes that stand in the title: one shop has a column for the model, the other writes it into the line.
 *
 * In:  fields. Out: the same fields, where a row without a code has the one that stands in its title. Pure.
 * Only where rows that have a code repeat it in their titles often enough is this done. A word is taken for the code when
 * it is one of the column, or when it is written as these are (three letters, four digits) and hardly any title has it;
 * of several such words none is taken: a size or a year must not pass for a model.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { asidesLeft } from './asides.ts'
