import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { datasetOf } from '../../../src-main/datasets/synthetic/dataset-of.ts'
import { type WrittenSet, writeSynthetic } from '../../../src-main/datasets/synthetic/write.ts'
import { readTruth } from '../../../src-main/datasets/truth.ts'

let folder: string
let out: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-'))
  out = join(folder, 'set')
})
afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

const table = async (file: string): Promise<string[][]> => parse(await readFile(join(out, file)))

/** Every file below a folder with its bytes. */
async function contents(of: string): Promise<Map<string, string>> {
  const names = await readdir(of, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(
      files
        .sort()
        .map(async (file): Promise<[string, string]> => [
          file.slice(of.length),
          (await readFile(file)).toString('base64'),
        ]),
    ),
  )
}

async function pixelsOnDisk({ set }: WrittenSet): Promise<Buffer> {
  // sharp hands grey files out as three equal channels unless told otherwise.
  const space = set.images?.channels === 1 ? 'b-w' : 'srgb'
  const images = set.ids.map((id) =>
    sharp(join(out, 'images', `${id}.png`))
      .toColourspace(space)
      .raw()
      .toBuffer(),
  )
  return Buffer.concat(await Promise.all(images))
}

describe('synthetic sets on disk', () => {
  it.each(['circles', 'lattice', 'line-digits'])('%s: sharp reads back the pixels that were made', async (name) => {
    const written = await writeSynthetic(name, { out, samples: 40 })
    const { pixels, channels } = written.set.images!
    expect(await pixelsOnDisk(written)).toEqual(Buffer.from(pixels))
    const {
      format,
      depth,
      channels: stored,
    } = await sharp(join(out, 'images', `${written.set.ids[0]!}.png`)).metadata()
    expect([format, depth, stored]).toEqual(['png', 'uchar', channels])
  })

  it('equals the data set made in memory, value for value', async () => {
    const written = await writeSynthetic('circles-line', { out, samples: 50, seed: 9 })
    const [images, curves] = datasetOf(written.set).modalities
    expect(images!.data).toEqual(Float32Array.from(await pixelsOnDisk(written), (byte) => byte / 255))
    const [header, ...rows] = await table('curves.csv')
    expect(header!.slice(1).map((name) => Number(name.replace('y@', '')))).toEqual(curves!.modality.grid)
    expect(rows.map((row) => row[0])).toEqual(written.set.ids)
    expect(rows.flatMap((row) => row.slice(1).map(Number))).toEqual([...written.set.curves!.values])
  })

  it('writes metadata for the labelled share only, and truth.json for all', async () => {
    await writeSynthetic('circles', { out, samples: 100, labels: 0.1, structure: 'collider' })
    const [header, ...rows] = await table('metadata.csv')
    expect(header).toEqual(['id', 'hue', 'radius', 'shift'])
    const truth = readTruth(join(out, 'truth.json'))
    const known = rows.filter((row) => row[1] !== '')
    expect(known).toHaveLength(10)
    for (const [id, ...values] of known) expect(values.map(Number)).toEqual(truth.factors.get(id!))
    expect(truth.factors.size).toBe(100)
    expect(truth.edges).toEqual([
      [0, 2],
      [1, 2],
    ])
  })

  it('writes the truth as the command line documents it', async () => {
    await writeSynthetic('cancer', { out, samples: 20, seed: 4 })
    expect(await readdir(out)).toEqual(['metadata.csv', 'truth.json'])
    const truth: unknown = JSON.parse(await readFile(join(out, 'truth.json'), 'utf8'))
    expect(truth).toMatchObject({
      name: 'cancer',
      settings: { samples: 20, seed: 4, labels: 1 },
      nodes: [
        { name: 'Pollution', categories: ['low', 'high'] },
        { name: 'Smoker', categories: ['True', 'False'] },
        { name: 'Cancer', categories: ['True', 'False'] },
        { name: 'Xray', categories: ['positive', 'negative'] },
        { name: 'Dyspnoea', categories: ['True', 'False'] },
      ],
      edges: [
        ['Pollution', 'Cancer'],
        ['Smoker', 'Cancer'],
        ['Cancer', 'Xray'],
        ['Cancer', 'Dyspnoea'],
      ],
    })
    const [, first] = await table('metadata.csv')
    expect(first!.every((cell) => cell !== '')).toBe(true)
  })

  it('writes the tables and the label of a set with known causes, which its truth alone names', async () => {
    const { files } = await writeSynthetic('mmlsyn', { out, samples: 12, seed: 5, degree: 0.6 })
    expect(files).toEqual(['first.csv', 'second.csv', 'third.csv', 'metadata.csv', 'truth.json'])
    const [header, ...rows] = await table('metadata.csv')
    expect(header).toEqual(['id', 'label', 'split'])
    const truth = readTruth(join(out, 'truth.json'))
    expect(truth.causes).toMatchObject({ given: 'sn', test: ['p00006', 'p00012'] })
    const label = truth.nodes.findIndex(({ name }) => name === 'label')
    for (const [id, known, split] of rows) {
      expect(Number(known)).toBe(truth.factors.get(id!)![label])
      expect(split === 'test').toBe(truth.causes!.test.includes(id!))
    }
    expect((await table('second.csv')).map((row) => row.length)).toEqual(Array<number>(13).fill(21))
    // An earlier output of its own is replaced.
    await writeSynthetic('mmlsyn', { out, samples: 3 })
    expect(await table('third.csv')).toHaveLength(4)
  })

  it('writes the same bytes for the same seed', async () => {
    await writeSynthetic('line-digits', { out, samples: 30, seed: 6, labels: 0.5 })
    const before = await contents(out)
    const other = join(folder, 'again')
    await writeSynthetic('line-digits', { out: other, samples: 30, seed: 6, labels: 0.5 })
    expect(await contents(other)).toEqual(before)
  })

  it('replaces its own earlier output, an empty folder and nothing else', async () => {
    await mkdir(out)
    await writeSynthetic('lattice', { out, samples: 12, labels: 1 })
    await writeSynthetic('circles', { out, samples: 5 })
    expect((await readdir(out)).sort()).toEqual(['images', 'truth.json'])
    expect(await readdir(join(out, 'images'))).toHaveLength(5)
    expect(await readdir(folder)).toEqual(['set'])

    await writeFile(join(out, 'images', 'holiday.png'), 'mine')
    await expect(writeSynthetic('circles', { out, samples: 5 })).rejects.toThrow(/holds images\/holiday.png/)
    await rm(join(out, 'images', 'holiday.png'))
    await writeFile(join(out, 'notes.txt'), 'mine')
    await expect(writeSynthetic('circles', { out, samples: 5 })).rejects.toThrow(/holds notes.txt/)
    expect(await readFile(join(out, 'notes.txt'), 'utf8')).toBe('mine')
    expect(await readdir(folder)).toEqual(['set'])
  })

  it('refuses a folder of measurements even where it holds a truth.json of another make', async () => {
    await mkdir(out)
    await writeFile(join(out, 'truth.json'), '{"nodes":[],"edges":[],"factors":{}}')
    await expect(writeSynthetic('asia', { out })).rejects.toMatchObject({ code: 'refused' })
    expect(await readdir(out)).toEqual(['truth.json'])
  })

  it('refuses before it writes, and leaves nothing where it cannot write', async () => {
    await expect(writeSynthetic('mmlsyn', { out, degree: 2 })).rejects.toThrow(/no degree/)
    await writeFile(join(folder, 'file'), '')
    await expect(writeSynthetic('asia', { out: join(folder, 'file') })).rejects.toThrow(/not a folder/)
    await expect(writeSynthetic('asia', { out: join(folder, 'file', 'set') })).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['file'])
  })

  it('writes through a link to a folder', async () => {
    await mkdir(join(folder, 'real'))
    await symlink(join(folder, 'real'), out)
    await writeSynthetic('earthquake', { out, samples: 3 })
    expect(await readdir(join(folder, 'real'))).toEqual(['metadata.csv', 'truth.json'])
    expect((await table('metadata.csv')).length).toBe(4)
  })

  it('sweeps away what a killed writer left beside it, and only that', async () => {
    // A process that has ended: its number is free or someone else's.
    const gone = execFileSync(process.execPath, ['-p', 'process.pid']).toString().trim()
    await mkdir(join(folder, `.half.tmp-${gone}`, 'images'), { recursive: true })
    await writeFile(join(folder, `.half.tmp-${gone}`, 'images', 'c00000.png'), 'half')
    const kept = [`.half.tmp-${process.ppid}`, `.lost.tmp-${gone}.old`, `.mine.tmp-${gone}`]
    for (const name of kept) await mkdir(join(folder, name))
    await writeFile(join(folder, `.mine.tmp-${gone}`, 'notes.txt'), 'mine')
    await mkdir(join(folder, `.set.tmp-${gone}.old`))
    await writeSynthetic('asia', { out, samples: 3 })
    expect((await readdir(folder)).sort()).toEqual([...kept, `.set.tmp-${gone}.old`, 'set'].sort())
    await writeSynthetic('asia', { out, samples: 3 })
    expect((await readdir(folder)).sort()).toEqual([...kept, 'set'].sort())
  })

  it('tells how far it is', async () => {
    const told: number[] = []
    await writeSynthetic('circles', { out, samples: 20, onProgress: (done, total) => told.push(done / total) })
    expect(told).toHaveLength(20)
    expect(told.at(-1)).toBe(1)
  })
})
