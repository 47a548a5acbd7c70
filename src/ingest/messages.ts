/**
 * What reading can say: the codes, the sentences (Chinese · English), and the errors made from them.
 *
 * A quarantine reason names what is wrong with the row's shape, never a value in it. A BiduiError names file, row and
 * column and what to do. Numbers E1xx refuse a file, E2xx keep a row aside.
 */
import { BiduiError, EXIT, type ExitStatus } from '../errors.ts'
import type { RegisterName } from '../registers/columns.ts'

/** Row codes: why a row is kept aside. */
export const ROW_REASONS = {
  E201: '列数不足 · fewer cells than the header',
  E202: '列数过多 · more cells than the header',
  E203: '引号未闭合 · a quoted cell that opens in this row is never closed',
  E204: '引号后有多余字符 · text after the closing quote of a cell',
  E232: '记录主键重复 · this record id was seen in an earlier row',
  E239: '重复的表头行 · the header row repeated',
  E240: '合计或小计行 · a sub-total row',
  E243: '另一种列序的表头行 · a header row of columns in another order',
  E241: '姓名、证件号码、出生日期均为空 · name, ID number and birth are all empty',
  E244: '除姓名外没有可读的必填项，像是表下的说明 · nothing but a name can be read of what is required: a note, not a row',
  E245: '像是第二行表头，请合成一行表头(父亲姓名、父亲公民身份号码……)后重新导出，否则这些列不会读取 · it seems to be a second header row: write one header line (父亲姓名, 父亲公民身份号码, …) and export again, or these columns are not read',
  E242: '行内有单独的回车符，像是两行连成了一行 · a carriage return inside the row: two rows ran together',
} as const satisfies Record<string, string>
export type RowCode = keyof typeof ROW_REASONS

/** Row codes as small numbers, for the trip between threads. */
export const ROW_CODES = Object.keys(ROW_REASONS) as readonly RowCode[]

interface Refusal {
  readonly exit: ExitStatus
  readonly zh: string
  readonly en: string
  /** What to do next. */
  readonly advice: string
}

const FILE_REFUSALS = {
  E101: {
    exit: EXIT.noInput,
    zh: '找不到文件',
    en: 'no such file',
    advice: '请检查路径 · check the path given after the register option.',
  },
  E102: {
    exit: EXIT.data,
    zh: '文件为空(0 字节)',
    en: 'the file is empty (0 bytes)',
    advice: '请重新导出 · export the register again, or leave its option out.',
  },
  E103: {
    exit: EXIT.data,
    zh: '只有表头没有数据',
    en: 'a header without rows',
    advice: '请重新导出 · export the register again, or leave its option out.',
  },
  E104: {
    exit: EXIT.noInput,
    zh: '是文件夹，不是文件',
    en: 'a folder, not a file',
    advice: '请逐个给出文件 · name each file; the option may be given several times.',
  },
  E105: {
    exit: EXIT.permission,
    zh: '没有读取权限',
    en: 'no permission to read',
    advice: '请授予读取权限 · let this account read the file.',
  },
  E106: {
    exit: EXIT.data,
    zh: '扩展名与内容不符',
    en: 'the content is not what the extension says',
    advice: '请更正扩展名 · give the file its right extension.',
  },
  E107: {
    exit: EXIT.data,
    zh: '旧版 .xls 或 .ods 工作簿',
    en: 'a legacy .xls or an .ods workbook',
    advice: '请另存为 .xlsx 或 CSV · save it as .xlsx or CSV.',
  },
  E108: {
    exit: EXIT.data,
    zh: '工作簿有打开密码',
    en: 'the workbook has a password',
    advice: '请去掉密码后另存 · save a copy without the password.',
  },
  E109: {
    exit: EXIT.data,
    zh: '文件损坏或不完整',
    en: 'the file is damaged or cut short',
    advice: '请重新拷贝或导出 · copy or export it again.',
  },
  E110: {
    exit: EXIT.data,
    zh: '超过可读取的大小',
    en: 'larger than can be read',
    advice: '请按乡镇拆分，或另存为 CSV · split it by township, or save it as CSV.',
  },
  E111: {
    exit: EXIT.data,
    zh: '编码无法识别',
    en: 'the encoding is neither UTF-8 nor GB18030',
    advice: '请另存为 UTF-8 CSV · save it as UTF-8 CSV, or force one with --encoding.',
  },
  E112: {
    exit: EXIT.data,
    zh: '不是所声明的编码',
    en: 'the bytes are not in the encoding announced',
    advice: '请去掉 BOM 或 --encoding，或另存为 UTF-8 · drop the mark or --encoding, or save it as UTF-8.',
  },
  E113: {
    exit: EXIT.data,
    zh: '同一文件混有两种编码',
    en: 'UTF-8 and GB18030 rows in one file',
    advice: '请分别导出后再合并 · export the parts in one encoding before joining them.',
  },
  E114: {
    exit: EXIT.data,
    zh: 'UTF-16 但没有标记',
    en: 'UTF-16 without a byte-order mark',
    advice: '或另存为 UTF-8 · or save it as UTF-8.',
  },
  E116: {
    exit: EXIT.data,
    zh: '含空字节',
    en: 'a NUL byte',
    advice: '文件可能损坏，请重新导出 · the file may be damaged: export it again.',
  },
  E117: {
    exit: EXIT.data,
    zh: '无法判断分隔符',
    en: 'the cells are parted by neither commas nor tabs',
    advice: '请用逗号或制表符重新导出 · export it again with commas or tabs between the cells.',
  },
  E118: {
    exit: EXIT.data,
    zh: '缺少必需列',
    en: 'a required column is missing',
    advice:
      '请补上该列(可为空)，或在任务文件中映射列名 · add the column (it may be empty) or map its header in a job file.',
  },
  E119: {
    exit: EXIT.data,
    zh: '列名重复',
    en: 'two headers name one column',
    advice: '请删去或改名其中一列 · remove or rename one of them.',
  },
  E122: {
    exit: EXIT.data,
    zh: '有多个工作表',
    en: 'several sheets with data',
    advice: '请只保留一个工作表 · keep one sheet, or save each as its own file.',
  },
  E123: {
    exit: EXIT.data,
    zh: '合并单元格或多行表头',
    en: 'merged cells or a header of several rows',
    advice:
      '请取消合并并把值填到每一行（取消后只有第一格有值）；删去标题行，只留一行表头 · unmerge the cells and fill the value into each row (only the first keeps it); delete titles and keep one header row.',
  },
  E126: {
    exit: EXIT.data,
    zh: '两份输入内容相同',
    en: 'the same content is given twice',
    advice: '请只给一次 · give it once.',
  },
  E127: {
    exit: EXIT.tryAgain,
    zh: '读取期间文件变化',
    en: 'the file changed while it was read',
    advice: '请等导出结束后重试 · try again when the export has ended.',
  },
  E129: {
    exit: EXIT.data,
    zh: '一列中超过两成的值无法读取',
    en: 'more than 20 % of a column cannot be read',
    advice:
      '可能列对应有误，或长数字被表格软件写成 5.13E+14：请检查表头，并把该列作为文本重新导出 · the column may be mapped wrongly, or a spreadsheet wrote long numbers as 5.13E+14: check the header, and export the column as text.',
  },
  E131: {
    exit: EXIT.data,
    zh: '没有一行可以读取',
    en: 'not one row can be read',
    advice: '请检查列数、引号和记录号，或重新导出 · check cells, quotes and record ids, or export it again.',
  },
  E130: {
    exit: EXIT.config,
    zh: '列映射有误',
    en: 'the column map is wrong',
    advice: '请检查任务文件 · check the job file.',
  },
  E144: {
    exit: EXIT.data,
    zh: '表头是另一种登记册的',
    en: 'the header is that of another register',
    advice: '请查是否给错了选项或文件 · was the file given to the wrong option, or the wrong file to this one?',
  },
  E145: {
    exit: EXIT.data,
    zh: '压缩包',
    en: 'a packed file',
    advice: '请先解压，再给出里面的文件 · unpack it and give the file inside.',
  },
  E149: {
    exit: EXIT.noInput,
    zh: '是管道或设备，不是文件',
    en: 'a pipe or a device, not a file',
    advice: '请先存成文件再给出 · write it to a file first: a register is read twice.',
  },
  E155: {
    exit: EXIT.data,
    zh: '像是 Big5(繁体)编码',
    en: 'the text looks like Big5',
    advice:
      '请另存为 UTF-8 CSV;CSV 确是 GBK 时用 --encoding gb18030 指定 · save it as UTF-8 CSV; a CSV that is GBK all the same is read with --encoding gb18030.',
  },
  E158: {
    exit: EXIT.data,
    zh: '内容不是表格文件',
    en: 'the content is no table',
    advice:
      '请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV；扫描件和文稿须先录成表格 · open it in a spreadsheet program and save it as .xlsx or CSV; a scan or a letter must become a table first.',
  },
  E163: {
    exit: EXIT.data,
    zh: '文件中间又有表头，列的次序不同，其下各行会读错列',
    en: 'a second header with its columns in another order: the rows below it would be read into wrong columns',
    advice: '请在该行处拆成两个文件，分别给出 · split the file at that row and give both parts.',
  },
  E167: {
    exit: EXIT.data,
    zh: '工作簿打开时留下的标记，不是工作簿本身；那个工作簿正开着',
    en: 'the mark of a workbook that is open, not the workbook',
    advice: '请先保存并关闭那个工作簿，再给出它 · save and close that workbook, then give it.',
  },
  E169: {
    exit: EXIT.data,
    zh: '文字是乱码',
    en: 'the text is garbled',
    advice:
      '请从原系统重新导出，并用导出时的编码打开；已成乱码后再存的文件，字多半已丢失 · export it again from its own system and open it in the encoding of the export: what was saved garbled has lost characters.',
  },
  E168: {
    exit: EXIT.data,
    zh: '没有表头',
    en: 'the header is missing',
    advice: '请在最上面补一行列名，或带表头重新导出 · put a row of column names on top, or export it with its header.',
  },
} as const satisfies Record<string, Refusal>
export type FileCode = keyof typeof FILE_REFUSALS

/** A file refused: `[E118] census.csv: 缺少必需列 · a required column is missing: block_code (普查小区码). advice`. */
export function refuseFile(code: FileCode, file: string, detail = '', cause?: unknown): BiduiError {
  const { exit, zh, en, advice } = FILE_REFUSALS[code]
  return new BiduiError(code, exit, `${file}: ${zh} · ${en}${detail === '' ? '' : `: ${detail}`}.`, {
    advice,
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Something worth saying that does not stop the run. */
export interface IngestWarning {
  readonly code: string
  readonly file: string
  readonly message: string
}

/** A row that could not be parsed or keyed: where it stands and why, without a value of it. */
export interface QuarantinedRow {
  readonly register: RegisterName
  /** File name without its folder. */
  readonly file: string
  /** Row number as a spreadsheet shows it. */
  readonly line: number
  readonly column: string
  readonly code: string
  readonly reason: string
}
