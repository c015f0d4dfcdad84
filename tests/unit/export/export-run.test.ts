import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parquetReadObjects } from 'hyparquet'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseNpz } from '../../../src-main/datasets/npz.ts'
import { exportRun, exportSelection } from '../../../src-main/export/export-run.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { parseGraphJson } from '../../../src-shared/graph-formats/json.ts'
import { facetOf } from '../../../src-shared/methods/results.ts'
import { bodyOf, valuesOf } from '../example-result.ts'
import { parseTable } from '../importers/parse-table.ts'
import { exampleRun, writableFormats } from './example-run.ts'

let out: string
beforeEach(async () => (out = await mkdtemp(join(tmpdir(), 'export-'))))
afterEach(() => rm(out, { recursive: true, maxRetries: 10 }))

const run = exampleRun()

async function exported(format: string, from = run): Promise<Buffer> {
  await exportRun({ ...from, out, formats: [format] })
  return readFile(join(out, format))
}

/** The table's rows by column name, every cell as text. */
function table(bytes: Buffer): { readonly columns: readonly string[]; readonly rows: readonly Map<string, string>[] } {
  const [columns = [], ...rows]: string[][] = parse(bytes, { record_delimiter: '\r\n' })
  return { columns, rows: rows.map((row) => new Map(row.map((value, i) => [columns[i]!, value]))) }
}

const refusal = async (promise: Promise<unknown>): Promise<CausalscopeError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof CausalscopeError)) throw new Error(`no refusal but ${String(error)}`)
  return error
}

describe('an export', () => {
  it('writes every format, and says what it wrote', async () => {
    const folder = join(out, 'new', 'folder')
    const files = await exportRun({ ...run, out: folder, formats: writableFormats })
    expect(files.map((file) => file.format)).toEqual([...writableFormats])
    expect((await readdir(folder)).sort()).toEqual([...writableFormats].sort())
    for (const file of files) expect((await readFile(file.path)).length).toBe(file.bytes)
  })

  it('gives the same bytes for the same run', async () => {
    const once = await exportRun({ ...run, out, formats: writableFormats })
    const again = await exportRun({ ...exampleRun(), out: join(out, 'again'), formats: writableFormats })
    expect(again.map((file) => file.sha256)).toEqual(once.map((file) => file.sha256))
  })

  it('refuses an unknown format with the nearest name, before anything is written', async () => {
    const error = await refusal(exportRun({ ...run, out: join(out, 'x'), formats: ['graph.json', 'graph.graphm'] }))
    expect(error.code).toBe('refused')
    expect(error.message).toContain('"graph.graphm"')
    expect(error.hint).toMatch(/^Did you mean graph\.graphml\?.*clusters\.csv/)
    expect(await readdir(out)).toEqual([])
    expect((await refusal(exportRun({ ...run, out, formats: [] }))).code).toBe('refused')
  })

  it('refuses arrays of another data set', async () => {
    const other = { ...run, dataset: { ...run.dataset, ids: run.dataset.ids.toReversed() } }
    expect((await refusal(exportRun({ ...other, out, formats: ['clusters.csv'] }))).message).toMatch(/sample 1 is s001/)
    expect(await readdir(out)).toEqual([])
  })

  it('says so when the folder cannot be made or a file not replaced', async () => {
    const file = join(out, 'file')
    await writeFile(file, '')
    expect((await refusal(exportRun({ ...run, out: file, formats: ['graph.dot'] }))).message).toMatch(
      /a file of that name is there/,
    )
    expect((await refusal(exportRun({ ...run, out: join(file, 'x'), formats: ['graph.dot'] }))).code).toBe('failed')
    await mkdir(join(out, 'graph.dot', 'full'), { recursive: true })
    const error = await refusal(exportRun({ ...run, out, formats: ['graph.bif', 'graph.dot'] }))
    expect(error.details.file).toBe(join(out, 'graph.dot'))
    expect((await readdir(out)).sort()).toEqual(['file', 'graph.bif', 'graph.dot'])
  })
})

describe('clusters.csv', () => {
  it('reads back with every value, the formula disarmed', async () => {
    const bytes = await exported('clusters.csv')
    expect(bytes.subarray(0, 3).toString('latin1')).toBe('id,')
    expect(bytes.toString('utf8').split('\r\n')).toHaveLength(62)
    const { columns, rows } = table(bytes)
    expect(columns).toEqual([
      'id',
      'component',
      'Topology',
      'Strut width',
      'Stiffness',
      'Yield',
      ...['Topology', 'Strut width', 'Stiffness', 'Yield'].map((node) => `${node} standing`),
      'stability',
      ...Array.from({ length: 24 }, (_, a) => `r_${a}`),
      'latent_mean_0',
      'latent_mean_1',
      'latent_mean_2',
      'latent_sd_0',
      'latent_sd_1',
      'latent_sd_2',
      'topology',
      'Yield (metadata)',
    ])
    rows.forEach((row, i) => {
      expect(row.get('id')).toBe(run.dataset.ids[i])
      for (let a = 0; a < 24; a++)
        expect(Math.fround(Number(row.get(`r_${a}`)))).toBe(valuesOf(run.arrays, 'responsibilities')[i * 24 + a])
      for (let j = 0; j < 3; j++)
        expect(Math.fround(Number(row.get(`latent_mean_${j}`)))).toBe(valuesOf(run.arrays, 'mean')[i * 3 + j])
      const component = bodyOf(run.result).components[Number(row.get('component'))]!
      expect(Number(row.get(`r_${component.outcome}`))).toBeGreaterThan(0.5)
      expect(row.get('Stiffness')).toBe(['soft', 'stiff'][component.categories[2]!])
      expect(row.get('topology')).toBe(i === 2 ? '' : ['octet', "'=gyroid"][run.dataset.metadata[0]!.values[i]!])
      if (i !== 3) expect(Number(row.get('Yield (metadata)'))).toBe(run.dataset.metadata[1]!.values[i])
    })
    expect(rows[3]!.get('Yield (metadata)')).toBe('')
  })

  it('says of every node how firmly it may be stated', async () => {
    const { judgement } = run.judged!
    const nodes = judgement.nodes.map((node, l) => ({
      ...node,
      standing: (['supported', 'tentative', 'unsupported', 'provisional'] as const)[l]!,
    }))
    const judged = { ...run.judged!, judgement: { ...judgement, nodes } }
    const { rows } = table(await exported('clusters.csv', { ...run, judged }))
    const said = (node: string): unknown[] => [...new Set(rows.map((row) => row.get(`${node} standing`)))]
    expect(['Topology', 'Strut width', 'Stiffness', 'Yield'].map(said)).toEqual([
      ['supported'],
      ['tentative'],
      ['not supported'],
      ['provisional'],
    ])
  })

  it('quotes what would break a line, in cells and in headers', async () => {
    const names = { names: ['a,b', 'line\nbreak', '=Stiffness', 'quote "'], categories: [['x\ry', '@z']] }
    const { columns, rows } = table(await exported('clusters.csv', { ...run, names }))
    expect(columns.slice(2, 6)).toEqual(['a,b', 'line\nbreak', "'=Stiffness", 'quote "'])
    expect(new Set(rows.map((row) => row.get('a,b')))).toEqual(new Set(['x\ry', "'@z"]))
  })
})

describe('a byte order mark', () => {
  it('begins tables for spreadsheets, and is no part of what an import reads', async () => {
    const plain = await exported('clusters.csv')
    await exportRun({ ...run, out, formats: ['clusters.csv', 'graph.dot'], byteOrderMark: true })
    const marked = await readFile(join(out, 'clusters.csv'))
    expect(marked).toEqual(Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), plain]))
    expect((await readFile(join(out, 'graph.dot'), 'latin1')).startsWith('digraph')).toBe(true)
    const read = (bytes: Buffer) => parseTable(bytes, 'clusters.csv', defaultLimits)
    expect(read(marked).columns).toEqual(read(plain).columns)
    // The apostrophe that keeps a spreadsheet from running a category is gone again.
    expect(read(marked).rows[4]).toContain(['octet', '=gyroid'][run.dataset.metadata[0]!.values[4]!])
    expect(
      read(marked)
        .rows.flat()
        .filter((cell) => cell.startsWith("'")),
    ).toEqual([])
  })
})

describe('a selection', () => {
  it('holds the chosen samples in the order chosen, as in clusters.csv', async () => {
    const file = join(out, 'chosen.csv')
    const { bytes } = await exportSelection({ ...run, file, rows: [5, 2] })
    const [chosen, all] = [await readFile(file), await exported('clusters.csv')]
    const lines = all.toString('utf8').split('\r\n')
    expect(chosen.toString('utf8').split('\r\n')).toEqual([lines[0], lines[6], lines[3], ''])
    expect(bytes).toBe(chosen.length)
  })

  it('refuses rows that do not exist', async () => {
    const error = await refusal(exportSelection({ ...run, file: join(out, 'chosen.csv'), rows: [0, 60] }))
    expect(error.message).toContain('row 60')
    expect(await readdir(out)).toEqual([])
  })
})

describe('latents', () => {
  it('come back from npz', async () => {
    const arrays = parseNpz(await exported('latents.npz'), 'latents.npz')
    expect(arrays.get('ids')!.values).toEqual(run.arrays.ids)
    expect(arrays.get('responsibilities')).toEqual({
      shape: [60, 24],
      values: valuesOf(run.arrays, 'responsibilities'),
    })
    expect(arrays.get('modalityError')!.values).toEqual(valuesOf(run.arrays, 'error'))
    expect(arrays.get('categories')!.shape).toEqual([60, 4])
    expect(arrays.get('categoryNames_1')!.values).toEqual(['thin', 'medium', 'thick'])
    expect(arrays.get('componentMean')!.values[4]).toBe(bodyOf(run.result).components[1]!.mean[1])
  })

  it('come back from Parquet in their types', async () => {
    const bytes = await exported('latents.parquet')
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    const rows = await parquetReadObjects({ file })
    expect(rows).toHaveLength(60)
    rows.forEach((row, i) => {
      expect(row.id).toBe(run.dataset.ids[i])
      expect(row.latent_sd_2).toBe(valuesOf(run.arrays, 'sd')[i * 3 + 2])
      expect(row.topology ?? null).toBe(i === 2 ? null : ['octet', '=gyroid'][run.dataset.metadata[0]!.values[i]!])
    })
    expect(rows[3]!['Yield (metadata)']).toBeNaN()
  })
})

describe('pictures and graph files', () => {
  it('draw open directions dashed and without a head', async () => {
    const svg = (await exported('graph.svg')).toString('utf8')
    expect(svg).toMatch(/^<\?xml.*\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    const edges = svg.match(/<g><title>[^<]*<\/title>.*?<\/g>/g)!
    expect(edges).toHaveLength(3)
    expect(edges.map((edge) => edge.includes('stroke-dasharray'))).toEqual([false, false, true])
    expect(edges.map((edge) => edge.includes('Z"'))).toEqual([true, true, false])
    expect(edges[2]).toContain('direction not stated')
  })

  it('stand as the person placed them, in every file', async () => {
    const placement = { layout: 'circle', positions: [{ x: 1000, y: -500 }, null, null, null] } as const
    const placed = { ...run, placement }
    const [own, moved] = [await exported('graph.svg'), await exported('graph.svg', placed)].map(String)
    expect(moved).not.toBe(own)
    const [, left, top] =
      /<g transform="translate\(([-\d.]+) ([-\d.]+)\)"><title>[^<]*<\/title><rect width="([-\d.]+)"/.exec(moved!)!
    expect(Number(top)).toBe(-534)
    expect(Number(left)).toBeLessThan(1000)
    expect((await exported('graph.dagitty', placed)).toString()).toContain('[pos="10.000,-5.000"]')
    const drawn = /<div class="figure">(<svg.*?<\/svg>)/s.exec((await exported('report.html', placed)).toString())![1]!
    const shapes = (svg: string): readonly string[] => svg.match(/ (transform|d)="[^"]*"/g) ?? []
    expect(shapes(drawn)).toEqual(shapes(moved!))
  })

  it('show how the edges stand to another graph, where one is given', async () => {
    const { edges } = facetOf(run.result, 'graph')
    const comparison = { shared: edges.slice(0, 1), loose: [], reversed: [], onlyThere: [] }
    const svg = (await exported('graph.svg', { ...run, comparison })).toString()
    expect(svg).toContain('Both graphs have this edge')
    expect(svg).toContain('Only this graph has this edge')
    expect((await exported('report.html', { ...run, comparison })).toString()).not.toContain('Both graphs')
  })

  it('render to a PNG of the same shape', async () => {
    const svg = await sharp(await exported('graph.svg')).metadata()
    const png = await sharp(await exported('graph.png')).metadata()
    expect(png.format).toBe('png')
    expect(png.width).toBeCloseTo(svg.width * 3, -1)
    expect(png.height).toBeCloseTo(svg.height * 3, -1)
  })

  it('take the names a person gave', async () => {
    const named = { ...run, names: { names: [null, 'Width <µm>'] } }
    expect(parseGraphJson((await exported('graph.json', named)).toString()).edges[1]!.from).toBe('Width <µm>')
    expect((await exported('graph.svg', named)).toString()).toContain('Width &lt;µm&gt;')
    expect((await exported('graph.dagitty', named)).toString()).toMatch(/"Width <µm>" \[pos="\d/)
  })

  it('say where the graph comes from', async () => {
    expect(parseGraphJson((await exported('graph.json')).toString()).provenance).toEqual(run.result.provenance)
  })
})
