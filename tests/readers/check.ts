/**
 * Whether other programs read from an export what was written: every value exactly, directions, umlauts. Each reader is
 * asked for where it is installed, and told as missing where not; none of them is a dependency. Exits 1 where one reads
 * something else.
 *
 *     python3 -m venv readers
 *     readers/bin/pip install networkx==3.6.1 igraph==1.0.0 pydot==4.0.1 pyarrow==26.0.1 pandas==3.1.1 pgmpy==1.1.2 JPype1==1.7.1
 *     git clone https://github.com/jtextor/dagitty
 *     curl -O https://repo1.maven.org/maven2/io/github/cmu-phil/tetrad-lib/7.6.5/tetrad-lib-7.6.5-shaded.jar  # Java 17 or later
 *     npm run check:readers -- --python readers/bin/python --dagitty dagitty --tetrad tetrad-lib-7.6.5-shaded.jar --office soffice
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import * as v from 'valibot'
import { readWithDagitty } from './dagitty.ts'
import { strangeRun } from './strange-run.ts'
import { writeForReaders } from './written.ts'

interface Read {
  readonly reader: string
  readonly file: string
  /** What is not as it was written; null: not installed. */
  readonly differs: readonly string[] | null
}

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    dagitty: { type: 'string' },
    tetrad: { type: 'string' },
    office: { type: 'string', default: 'soffice' },
  },
})

const folder = await mkdtemp(join(tmpdir(), 'causalscope-readers-'))
const formats = ['clusters.csv', 'graph.json', 'graph.graphml', 'graph.dot', 'graph.dagitty', 'graph.bif', 'latents.npz', 'latents.parquet'] // prettier-ignore
await writeForReaders(strangeRun(), folder, formats)

const answers = v.array(v.object({ reader: v.string(), file: v.string(), differs: v.nullable(v.array(v.string())) }))

function withPython(): readonly Read[] {
  const { stdout, stderr, status } = spawnSync(
    values.python,
    [join(import.meta.dirname, 'readers.py'), folder, ...(values.tetrad === undefined ? [] : [values.tetrad])],
    { encoding: 'utf8' }, // prettier-ignore
  )
  if (status !== 0) throw new Error(`${values.python}: ${stderr}`)
  return v.parse(answers, JSON.parse(stdout))
}

/** The table as a double click opens it, written back by the spreadsheet as it understood it. */
async function withOffice(): Promise<Read> {
  const told = { reader: 'LibreOffice Calc', file: 'clusters.csv' }
  const out = join(folder, 'office')
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  // Without a window it looks at no byte order mark but takes Windows-1252, so it is told what its dialog proposes: UTF-8.
  const utf8 = '--infilter=CSV:44,34,76'
  const args = [profile, '--headless', utf8, '--convert-to', 'xlsx', '--outdir', out, join(folder, 'clusters.csv')]
  if (spawnSync(values.office, args).status !== 0) return { ...told, differs: null }
  const back = [profile, '--headless', '--convert-to', 'csv:Text - txt - csv (StarCalc):44,34,76', '--outdir', out]
  spawnSync(values.office, [...back, join(out, 'clusters.xlsx')])
  const rows = (text: string): string[][] => parse(text, { bom: true })
  const written = rows(await readFile(join(folder, 'clusters.csv'), 'utf8'))
  const read = rows(await readFile(join(out, 'clusters.csv'), 'utf8'))
  // It writes what its cells show, of the largest numbers three digits.
  const same = (a: string, b: string): boolean =>
    a === b ||
    Number(a).toExponential(2).toUpperCase() === b ||
    (a !== '' && b !== '' && Math.abs(Number(a) - Number(b)) <= 1e-5 * Math.max(1e-9, Math.abs(Number(a))))
  const differs = written.flatMap(
    (row, r) =>
    row.flatMap((cell, c) => (same(cell, read[r]?.[c] ?? '') ? [] : [`row ${r + 1}: ${cell} is ${read[r]?.[c] ?? 'missing'}`])), // prettier-ignore
  )
  return { ...told, differs }
}

try {
  const read: Read[] = [...withPython(), await readWithDagitty(values.dagitty, folder), await withOffice()]
  console.log('| program | file | read as written |\n| --- | --- | --- |')
  for (const { reader, file, differs } of read) {
    const told = differs === null ? 'not installed' : differs.length === 0 ? 'yes' : differs.slice(0, 3).join('; ')
    console.log(`| ${reader} | ${file} | ${told} |`)
    if (differs !== null && differs.length > 0) process.exitCode = 1
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
