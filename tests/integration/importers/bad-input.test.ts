/** Every kind of bad input through the real process: a refusal that names file, row and field, and nothing written. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSource, inspectSource } from '../../../src-main/importers/import.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { bytesOf, type Files, folderOf, greyPng, npy, pairedFiles, rgbPng, sampleNames, wideCurves } from './source-files.ts' // prettier-ignore

let work: string
const made: string[] = []
beforeAll(async () => (work = await mkdtemp(join(tmpdir(), 'bad-'))))
afterAll(() =>
  Promise.all([work, ...made].map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 10 }))),
)

/** Imports the files and answers the refusal; fails when there is none, or when anything was written. */
async function refusal(files: Files): Promise<CausalscopeError> {
  const source = await folderOf(files)
  made.push(source)
  const error = await importSource({ source, packFile: join(work, 'set.pack') }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(await readdir(work)).toEqual([])
  if (!(error instanceof CausalscopeError)) throw new Error('the import was not refused', { cause: error })
  expect(error.code).toBe('refused')
  expect(error.hint).not.toBe('')
  return error
}

const ids = sampleNames(10)
const lines = (text: string) => text.trimEnd().split('\n')
/** curves.csv of ten samples with one line changed; the header is line 1. */
function curvesWith(line: number, change: (line: string) => string): string {
  return lines(wideCurves(ids))
    .map((text, i) => (i === line - 1 ? change(text) : text))
    .join('\n')
}

/** A PNG whose header claims another size; its checksum is right. */
function claiming(png: Buffer, width: number, height: number): Buffer {
  const lying = Buffer.from(png)
  lying.writeUInt32BE(width, 16)
  lying.writeUInt32BE(height, 20)
  lying.writeUInt32BE(crc32(lying.subarray(12, 29)), 29)
  return lying
}

async function imagesWith(name: string, content: Uint8Array | string): Promise<Record<string, string | Uint8Array>> {
  return { ...(await pairedFiles(10)), [name]: content }
}

describe('images', () => {
  it('that are cut off', async () => {
    const png = await rgbPng(12, 10, 3)
    const error = await refusal(await imagesWith('images/s004.png', png.subarray(0, png.length >> 1)))
    expect(error.message).toMatch(/^images\/s004\.png \(sample s004\): the image is damaged or cut off/)
    expect(error.details).toMatchObject({ file: 'images/s004.png', id: 's004' })
  })

  it('that are something else', async () => {
    const error = await refusal(await imagesWith('images/s004.png', '<html><body>Not found</body></html>'))
    expect(error.message).toMatch(/^images\/s004\.png .*not the image that its name says: it is text/)
  })

  it('whose header lies about their size', async () => {
    const error = await refusal(await imagesWith('images/s004.png', claiming(await greyPng(12, 10, 1), 200, 200)))
    expect(error.message).toMatch(/images\/s004\.png .*damaged/)
  })

  it('of 30,000 x 30,000 pixels', async () => {
    const error = await refusal(await imagesWith('images/s004.png', claiming(await greyPng(12, 10, 1), 30000, 30000)))
    expect(error.message).toMatch(/images\/s004\.png .* 30,000 x 30,000 pixels/)
  })

  it('that differ in size', async () => {
    const error = await refusal(await imagesWith('images/s004.png', await greyPng(12, 11, 1)))
    expect(error.message).toMatch(/images\/s004\.png .* is 12 x 11, 8 bit; most in images are 12 x 10/)
    expect(error.hint).toMatch(/"size"/)
  })

  it('with the same name', async () => {
    const error = await refusal(await imagesWith('images/s004.tif', await greyPng(12, 10, 1)))
    expect(error.message).toMatch(/sample s004: images\/s004\.png and images\/s004\.tif/)
  })
})

describe('ids', () => {
  it('that come twice', async () => {
    const error = await refusal({ 'curves.csv': curvesWith(5, (line) => line.replace('s004', 's002')) })
    expect(error.message).toBe('curves.csv, row 5: the id "s002" stands in row 3 already.')
    expect(error.details).toMatchObject({ file: 'curves.csv', row: 5, field: 'id', id: 's002' })
  })

  it('that differ in case', async () => {
    const files = await imagesWith(
      'curves.csv',
      curvesWith(5, (line) => line.replace('s004', 'S004')),
    )
    const error = await refusal(files)
    expect(error.message).toBe('The ids "s004" (images/s004.png) and "S004" (curves.csv, row 5) differ only in case.')
  })

  it('that are empty', async () => {
    const error = await refusal({ 'curves.csv': curvesWith(5, (line) => line.replace('s004', '')) })
    expect(error).toMatchObject({ message: 'curves.csv, row 5: the id in column id is empty.', details: { field: 'id' } }) // prettier-ignore
  })
})

describe('folders and tables', () => {
  it('without a file', async () => {
    expect((await refusal({})).message).toMatch(/holds no data file/)
  })

  it('that are not there', async () => {
    await expect(inspectSource(join(work, 'nowhere'))).rejects.toThrow(/does not exist/)
  })

  it('with only files that are not read', async () => {
    const error = await refusal({ 'scan.pdf': '%PDF-1.7 ...' })
    expect(error.message).toMatch(/scan\.pdf is a PDF document/)
  })

  it('with ragged rows', async () => {
    const error = await refusal({ 'curves.csv': curvesWith(7, (line) => `${line},9`) })
    expect(error.message).toBe('curves.csv, row 7: it has 7 cells, the table has 6 columns.')
    expect(error.details).toMatchObject({ file: 'curves.csv', row: 7 })
  })

  it('with one column', async () => {
    expect((await refusal({ 'curves.csv': 'y\n1\n2\n3\n' })).message).toBe('curves.csv has a single column.')
  })

  it('with a header alone', async () => {
    expect((await refusal({ 'curves.csv': 'id,a,b\n' })).message).toMatch(/curves\.csv has a header but no rows/)
  })

  it('with two columns of one name', async () => {
    const error = await refusal({ 'curves.csv': wideCurves(ids).replace('y@0.2', 'y@0.1') })
    expect(error.message).toMatch(/two columns are called "y@0.1"/)
  })

  it('with an open quote', async () => {
    const error = await refusal({ 'curves.csv': curvesWith(5, (line) => `"${line}`) })
    expect(error.message).toMatch(/^curves\.csv, row \d+: .*[Qq]uote/)
  })
})

describe('values', () => {
  it('that are no numbers', async () => {
    const error = await refusal({
      'curves.csv': curvesWith(5, (line) => line.replace(/[^,]*,([^,]*)$/, 'abc,$1')),
    })
    expect(error.message).toBe('curves.csv, row 5, column y@0.3 (sample s004): "abc" is not a number.')
    expect(error.details).toMatchObject({ file: 'curves.csv', row: 5, field: 'y@0.3', id: 's004' })
  })

  it.each(['NaN', 'inf', '-Infinity'])('that are %s', async (word) => {
    const error = await refusal({ 'curves.csv': curvesWith(5, (line) => line.replace(/[^,]*$/, word)) })
    expect(error.message).toMatch(/^curves\.csv, row 5, column y@0\.4 \(sample s004\): the value is -?(NaN|Infinity)/)
  })

  it('that are NaN in an array', async () => {
    const values = Float32Array.from({ length: 10 * 16 }, (_, i) => (i === 35 ? Number.NaN : i))
    const error = await refusal({ 'images.npy': npy('<f4', [10, 4, 4], bytesOf(values)) })
    expect(error.details).toMatchObject({ file: 'images.npy', row: 2, field: 'pixel (0, 3)' })
  })
})

describe('curves', () => {
  const long = (rows: readonly string[]) => `id,x,y\n${rows.join('\n')}\n`
  const points = ids.flatMap((id, i) => [0, 1, 2, 3].map((x) => `${id},${x},${x * (i + 1)}`))

  it('that are constant', async () => {
    const error = await refusal({ 'curves.csv': curvesWith(4, () => 's003,7,7,7,7,7') })
    expect(error.message).toMatch(/^curves\.csv, row 4, .*\(sample s003\): the curve is constant/)
  })

  it('with one point', async () => {
    const error = await refusal({ 'curves.csv': long(points.filter((row) => !/^s002,[123]/.test(row))) })
    expect(error.message).toMatch(/^curves\.csv, row 6, column x \(sample s002\): the curve has a single point/)
  })

  it('with an unsorted grid', async () => {
    const unsorted = points.map((row) => (row === 's002,2,4' ? 's002,0.5,4' : row))
    const error = await refusal({ 'curves.csv': long(unsorted) })
    expect(error.message).toBe('curves.csv, row 8, column x (sample s002): the grid is not sorted: 0.5 comes after 1.')
  })

  it('with an unsorted header', async () => {
    const error = await refusal({ 'curves.csv': wideCurves(ids).replace('y@0.1,y@0.2', 'y@0.2,y@0.1') })
    expect(error.message).toMatch(/^curves\.csv: the grid in the header is not sorted: column y@0.1 comes after y@0.2/)
  })

  it('of which one is a file of another form', async () => {
    const files = Object.fromEntries(ids.map((id, i) => [`pull/${id}.csv`, `x,y\n0,${i}\n1,${i + 1}\n2,${i + 3}\n`]))
    const error = await refusal({ ...files, 'pull/s005.csv': 'x,y\n0,1\n1,2,3\n2,4\n' })
    expect(error.details).toMatchObject({ file: 'pull/s005.csv', row: 3, id: 's005' })
  })
})

describe('samples', () => {
  it('without a modality', async () => {
    const files = await pairedFiles(10)
    const error = await refusal({ ...files, 'metadata.csv': `${String(files['metadata.csv'])}s099,octet,0.3\n` })
    expect(error.message).toMatch(/^metadata\.csv, row 12 \(sample s099\): the sample has no modality/)
    expect(error.details).toMatchObject({ file: 'metadata.csv', row: 12, id: 's099' })
  })

  it('of which there is one', async () => {
    expect((await refusal({ 'curves.csv': 'id,y0,y1,y2\na,1,2,3\n' })).message).toMatch(/single sample/)
  })

  it('fewer than a model has components are imported with a warning', async () => {
    const source = await folderOf(await pairedFiles(4))
    made.push(source)
    const { notes } = await inspectSource(source)
    expect(notes).toHaveLength(1)
    expect(notes[0]!.message).toMatch(/only 4 samples/)
  })
})

describe('arrays', () => {
  const body = new Uint8Array(10 * 16)

  it('cut off, too long, of objects, of unknown types, or with fields', async () => {
    const cut = await refusal({ 'a.npy': npy('|u1', [10, 4, 4], body.subarray(1)) })
    expect(cut.message).toMatch(/^a\.npy is cut off: its shape \(10, 4, 4\) needs 160 bytes of values, it has 159/)
    expect((await refusal({ 'a.npy': npy('|u1', [9, 4, 4], body) })).message).toMatch(/longer than its header says/)
    expect((await refusal({ 'a.npy': npy('|O', [10], body) })).message).toMatch(/object array/)
    expect((await refusal({ 'a.npy': npy('<c16', [10], body) })).message).toMatch(/type "<c16"/)
  })

  it('whose counts do not agree', async () => {
    const error = await refusal({ 'images.npy': npy('|u1', [10, 4, 4], body), 'curves.csv': wideCurves(sampleNames(9)) }) // prettier-ignore
    expect(error.message).toMatch(/images\.npy has no ids and 10 rows, curves\.csv has 9 samples/)
  })

  it('in a damaged archive', async () => {
    const zip = zipSync({ 'a.npy': npy('|u1', [10, 4, 4], body) }, { level: 0 })
    expect((await refusal({ 'set.npz': zip.subarray(0, zip.length - 30) })).message).toMatch(/^set\.npz is not a whole ZIP/) // prettier-ignore
    const changed = Uint8Array.from(zip)
    changed[200] = 7
    expect((await refusal({ 'set.npz': changed })).message).toMatch(/"a" is damaged/)
  })
})

describe('faults', () => {
  it('are listed in the plan, and left out when told', async () => {
    const files = await imagesWith('images/s004.png', (await greyPng(12, 10, 1)).subarray(0, 60))
    files['curves.csv'] = curvesWith(3, (line) => line.replace(/[^,]*$/, 'NaN'))
    const source = await folderOf(files)
    made.push(source)
    const plan = await inspectSource(source)
    expect(plan.blocked).toMatchObject({ code: 'refused', details: { file: 'images/s004.png' } })
    expect(plan.questions.map(({ choice }) => choice?.field)).toContain('faults')
    expect(plan.preview.ids).toHaveLength(10)
    const packFile = join(work, 'kept.pack')
    const outcome = await importSource({ source, packFile, description: { faults: 'leave-out' } })
    expect(outcome).toMatchObject({ samples: 10, complete: 8 })
    expect(outcome.leftOut.map(({ what }) => what)).toContain('curves.csv, row 3, column y@0.4 (sample s002)')
    await rm(packFile)
  })
})
