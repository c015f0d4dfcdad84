/** A laboratory's spectra and its workbook of chemistry on the command line, from the files to what is exported. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userValues } from '../../../src-main/datasets/user-values.ts'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { readIds, readMetadata, readRows } from '../../../src-main/project/samples.ts'
import { causalscope } from './command.ts'
import {
  carbon,
  factor,
  firstX,
  hardness,
  ids,
  points,
  routes,
  samples,
  step,
  thousandths,
  writeSpectraLab,
} from './spectra-lab.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-spectra-'))
  await writeSpectraLab(folder)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

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
