/** Workbooks as the tables in them, so that each is taken for what it is like a text table. Which sheets count is asked. */
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import { decision } from './decisions.ts'
import type { RawTable } from './formats/format.ts'
import { listed, type Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'

const fewestRows = 3

/** The tree with the tables of each workbook in its place: `book.xlsx` where it is the only one, else `book.xlsx/Sheet1`. */
export async function openWorkbooks(
  tree: SourceTree,
  description: DataDescription,
  reading: Reading,
): Promise<SourceTree> {
  if (tree.files.every(({ role }) => role !== 'workbook')) return tree
  const files: ScannedFile[] = []
  for (const file of tree.files) {
    if (file.format.reader?.role !== 'workbook') files.push(file)
    else {
      reading.progress(`Reading ${file.path}`, 0, 0)
      files.push(...(await tablesIn(file, file.format.reader, description, reading)))
    }
  }
  return { ...tree, files }
}

type Workbook = Extract<ScannedFile['format']['reader'], { role: 'workbook' }>

async function tablesIn(
  file: ScannedFile,
  reader: Workbook,
  description: DataDescription,
  reading: Reading,
): Promise<readonly ScannedFile[]> {
  const { tables, unread } = await reader.sheets(file, reading.limits)
  for (const { name, reason } of unread) reading.leftOut.push({ what: `${file.path}/${name}`, reason })
  const sheets = tables.map((raw): ScannedFile => {
    return { ...file, role: 'table', path: `${file.path}/${raw.name}`, stem: raw.name, raw }
  })
  const holding = sheets.filter((sheet) => isTable(sheet.raw!))
  // A workbook without any table is read as one, so that its refusal says why.
  if (holding.length === 0) return sheets.slice(0, 1).map((sheet) => inPlaceOf(file, sheet))
  for (const sheet of sheets)
    if (!holding.includes(sheet)) reading.leftOut.push({ what: sheet.path, reason: 'a sheet without a table' })
  const chosen = holding.length === 1 ? holding : chosenSheets(file, holding, description, reading)
  for (const sheet of holding)
    if (!chosen.includes(sheet)) reading.leftOut.push({ what: sheet.path, reason: 'a sheet that was not chosen' })
  for (const { path, raw } of chosen)
    for (const warning of raw!.warnings ?? [])
      reading.notes.push({ severity: 'warning', message: `${path}: ${warning}` })
  return chosen.length === 1 ? chosen.map((sheet) => inPlaceOf(file, sheet)) : chosen
}

function inPlaceOf(file: ScannedFile, sheet: ScannedFile): ScannedFile {
  return { ...sheet, path: file.path, stem: file.stem, alias: sheet.path }
}

/** Those that the description names in a source, else the one it chooses; all of them, and a question, where it does not. */
function chosenSheets(
  file: ScannedFile,
  sheets: readonly ScannedFile[],
  { text, modalities = [], metadata = [] }: DataDescription,
  reading: Reading,
): readonly ScannedFile[] {
  const sources = [...modalities.map(({ source }) => source), ...metadata.map(({ column }) => column)]
  const named = sheets.filter(({ path }) => sources.some((source) => source === path || source.startsWith(`${path}:`)))
  if (named.length > 0) return named
  if (text?.sheet === '*') return sheets
  const wanted = sheets.find(({ raw }) => raw!.name === text?.sheet)
  if (wanted !== undefined) return [wanted]
  const names = sheets.map(({ raw }) => raw!.name)
  reading.decisions.push(
    decision({
      title: `Which sheet of ${file.path} holds the data?`,
      message: `${file.path}: several of its sheets hold a table: ${listed(names)}.`,
      field: 'text.sheet',
      options: [
        ...names.map((name) => ({ value: name, title: `the sheet ${name}` })),
        { value: '*', title: 'all of them, a table each' },
      ],
      file: file.path,
    }),
  )
  return sheets
}

/** What says so itself; else three rows of two cells or more, with a number in one of them: a header, and samples below it. */
function isTable({ header, records }: RawTable): boolean {
  if (header !== undefined) return true
  const rows = records.filter((row) => row.filter((cell) => cell !== '').length > 1)
  return rows.length >= fewestRows && rows.some((row) => row.some((cell) => /\d/.test(cell)))
}
