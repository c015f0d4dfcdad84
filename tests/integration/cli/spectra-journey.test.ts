/** A laboratory's spectra and its workbook of chemistry on the command line, from the files to what is exported. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { readIds, readMetadata, readRows } from '../../../src-main/project/samples.ts'
import { causalscope } from './command.ts'

const samples = 96
const points = 64
const [firstX, step, factor] = [400, 4, 0.001]
const ids = Array.from({ length: samples }, (_, i) => `melt_${String(i + 1).padStart(3, '0')}`)
const routes = ids.map((_, i) => (i % 3 === 0 ? 'cast' : 'forged'))
const carbon = ids.map((_, i) => (11 + ((i * 7) % 40)) / 64)
const hardness = ids.map((_, i) => (i === 4 ? null : 180.5 + 2 * i))

/** Absorbance in thousandths: a slope that differs from sample to sample, and a peak whose place goes with the route. */
function thousandths(i: number): number[] {
  const place = routes[i] === 'cast' ? 20 : 40
  return Array.from({ length: points }, (_, k) => Math.round(600 * Math.exp(-(((k - place) / 5) ** 2)) + (i % 7) * (k + 10) - 25)) // prettier-ignore
}

/** XYDATA with eight ordinates a line, each line beginning with its abscissa, as JCAMP-DX 4.24 has it. */
function jcamp(i: number): string {
  const y = thousandths(i)
  const lines = Array.from(
    { length: points / 8 },
    (_, l) => `${firstX + step * 8 * l} ${y.slice(8 * l, 8 * l + 8).join(' ')}`,
  )
  const header = {
    ...{ TITLE: ids[i], 'JCAMP-DX': '4.24', 'DATA TYPE': 'INFRARED SPECTRUM', ORIGIN: 'lab', OWNER: 'lab' },
    ...{ XUNITS: '1/CM', YUNITS: 'ABSORBANCE', FIRSTX: firstX, LASTX: firstX + step * (points - 1), DELTAX: step },
    ...{ FIRSTY: y[0]! * factor, XFACTOR: 1, YFACTOR: factor, NPOINTS: points, XYDATA: '(X++(Y..Y))' },
  }
  return [...Object.entries(header).map(([key, value]) => `##${key}=${value}`), ...lines, '##END=', ''].join('\r\n')
}

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-spectra-'))
  mkdirSync(join(folder, 'lab', 'ftir'), { recursive: true })
  ids.forEach((id, i) => writeFileSync(join(folder, 'lab', 'ftir', `${id}.jdx`), jcamp(i)))
  const rows = [
    ['Melts of the second series'],
    ['Sample', 'Route', 'C', 'Hardness'],
    [null, null, 'wt%', 'HV'],
    // The workbook has an order of its own.
    ...ids.map((id, i) => [id, routes[i]!, carbon[i]!, hardness[i]!]).reverse(),
  ]
  writeFileSync(join(folder, 'lab', 'chemistry.xlsx'), await writeXlsx({ sheets: [{ name: 'Chemistry', rows }] }))
})
afterAll(() => rmSync(folder, { recursive: true }))

const project = ['--project', 'lab.causalscope']
const quick = ['pretrainEpochs=1', 'pretrainSteps=0', 'epochs=1'].flatMap((set) => ['--set', `training.${set}`])
const recipe = 'baseline(method=als,lambda=10000,p=0.01,iterations=10)|snv|derivative(window=7,degree=2,order=1)'

describe('from spectra and a workbook to what is exported', () => {
  it('stores what was measured, value by value', async () => {
    const imported = await causalscope(folder, 'import', 'lab', ...project, '--json')
    expect(imported).toMatchObject({
      code: 0,
      lines: [
        { samples, complete: samples, pairing: 'ftir by file name, chemistry.xlsx by column Sample', leftOut: [] },
      ],
    })

    const opened = openProjectReadOnly(join(folder, 'lab.causalscope'))
    try {
      const { database } = opened
      expect(readIds(database, 1)).toEqual(ids)
      const [stored] = readRows(database, 1, [...ids.keys()], ['ftir'])
      expect(stored!.modality).toMatchObject({ gridUnit: 'cm-1', valueLabel: 'absorbance' })
      expect(stored!.modality.grid).toEqual(Array.from({ length: points }, (_, k) => firstX + step * k))
      const values = userValues(stored!.modality, stored!.data)
      ids.forEach((id, i) =>
        thousandths(i).forEach((y, k) => {
          expect(Math.abs(values[i * points + k]! - y * factor), `${id}, point ${k}`).toBeLessThan(1e-6)
        }),
      )
      const column = (name: string) => readMetadata(database, 1).find((m) => m.column.column === name)!
      const route = column('Route')
      expect(Array.from(route.values, (value) => route.column.categories![value])).toEqual(routes)
      expect([...column('C (wt%)').values]).toEqual(carbon)
      expect([...column('Hardness (HV)').values]).toEqual(hardness.map((value) => value ?? Number.NaN))
    } finally {
      opened.close()
    }
  })

  it('prepares, trains, says what was found, and exports it with the chemistry', async () => {
    const prepared = await causalscope(
      folder,
      ...['prepare', ...project, '--from', 'ftir', '--as', 'shape', '--json'],
      ...['--steps', 'baseline(als,lambda=1e4)|snv|derivative(7)'],
    )
    expect(prepared).toMatchObject({
      code: 0,
      lines: [{ modality: 'shape', from: 'ftir', steps: recipe, kind: 'curve', shape: [points], present: samples }],
    })

    const trained = await causalscope(
      folder,
      ...['train', ...project, '--method', 'causal-pima', '--nodes', '2,2', ...quick, '--replicates', '0', '--json'],
    )
    expect(trained.code).toBe(0)
    const run = trained.lines.at(-1)
    expect(run).toMatchObject({
      status: 'done',
      config: { modalities: ['shape'] },
      provenance: { preparations: [{ modality: 'shape', from: 'ftir', steps: recipe }] },
    })

    const findings = await causalscope(folder, 'findings', ...project, '--run', '1', '--json')
    expect(findings.code).toBe(0)
    expect(findings.lines[0]?.notes).toContain(`shape is ftir after ${recipe}.`)

    const exported = await causalscope(folder, 'export', ...project, '--run', '1', '--out', 'out')
    expect(exported.code).toBe(0)
    const text = (name: string) => readFileSync(join(folder, 'out', name), 'utf8')
    expect(text('report.html')).toContain(`from ftir: <code>${recipe}</code>`)
    expect(JSON.parse(text('graph.json'))).toMatchObject({
      provenance: { preparations: [{ modality: 'shape', from: 'ftir', steps: recipe }] },
    })
    const rows = parse<Record<string, string>>(text('clusters.csv'), { columns: true, bom: true })
    expect(rows.map((row) => row.id)).toEqual(ids)
    expect(rows.map((row) => row.Route)).toEqual(routes)
    expect(rows.map((row) => Number(row['C (wt%)']))).toEqual(carbon)
    expect(rows.map((row) => row['Hardness (HV)'])).toEqual(hardness.map((value) => String(value ?? '')))
  })
})
