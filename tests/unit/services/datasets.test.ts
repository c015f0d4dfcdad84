import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { readRows } from '../../../src-main/project/samples.ts'
import { importDataset } from '../../../src-main/services/datasets.ts'
import { projectFolder } from '../project/project-folder.ts'

const lab = projectFolder()

function curves(text: string): string {
  const source = join(lab.folder, 'tests')
  mkdirSync(source)
  writeFileSync(join(source, 'stress.csv'), text)
  return source
}

describe('an import into a project', () => {
  it('stores what the importer read, under the name asked for', async () => {
    const source = curves('id,y0,y1,y2\na,1,2,3\nb,4,6,5\nc,7,8,9\nd,0,1,1\n')
    const project = lab.open()
    const { dataset, outcome } = await importDataset(lab.file, { source, name: 'tensile' }, () => project)
    expect(listDatasets(project.database)).toEqual([dataset])
    expect(dataset).toMatchObject({ name: 'tensile', samples: 4, sha256: outcome.sha256 })
    expect(readRows(project.database, dataset.id, [0])[0]!.data).toHaveLength(3)
    expect(readdirSync(lab.folder).filter((name) => name.includes('importing'))).toEqual([])
  })

  it('asks for no project when the source is faulty', async () => {
    const source = curves('id,y0,y1,y2\na,1,2,3\nb,4,x,5\nc,7,8,9\n')
    await expect(importDataset(lab.file, { source }, () => lab.open())).rejects.toThrow(/stress\.csv/)
    expect(existsSync(lab.file)).toBe(false)
    expect(readdirSync(lab.folder)).toEqual(['tests'])
  })

  it.skipIf(process.platform === 'win32')('refuses a pipe, which would never end', async () => {
    const pipe = join(lab.folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(importDataset(lab.file, { source: pipe }, () => lab.open())).rejects.toMatchObject({
      code: 'refused',
      message: `${pipe} is neither a file nor a folder.`,
    })
    expect(readdirSync(lab.folder)).toEqual(['pipe'])
  })

  it('sweeps away what a killed import of this project left', async () => {
    const source = curves('id,y0,y1,y2\na,1,2,3\nb,4,6,5\nc,7,8,9\nd,0,1,1\n')
    // A process that has ended: its number is free or someone else's.
    const gone = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim()
    mkdirSync(`${lab.file}.importing-${gone}-a1b2c3`)
    mkdirSync(`${lab.file}.importing-${process.pid}-a1b2c3`)
    mkdirSync(`${lab.file}.importing-${gone}-a1b2c3.notes`)
    await importDataset(lab.file, { source }, () => lab.open())
    const left = readdirSync(lab.folder).filter((name) => name.includes('importing'))
    expect(new Set(left)).toEqual(
      new Set([`lab.causalscope.importing-${gone}-a1b2c3.notes`, `lab.causalscope.importing-${process.pid}-a1b2c3`]),
    )
  })
})
