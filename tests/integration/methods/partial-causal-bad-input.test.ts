/** Embeddings as they come when something went wrong, coupled on the command line: refused or reduced, with words. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { npyBytes } from '../../../src-main/datasets/npz.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { causalscope, type Ended } from '../cli/command.ts'

const [n, d] = [60, 6]
let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-bad-input-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, row) => `s${row}`)

/** Embeddings that know nothing of each other, [rows, d]. */
function noise(purpose: string, rows = n): Float32Array {
  const random = RandomStream.of(0, purpose)
  return Float32Array.from({ length: rows * d }, () => random.normal())
}

async function imported(name: string, embeddings: Record<string, Float32Array>, ids = idsOf(n)): Promise<Ended> {
  mkdirSync(join(folder, name))
  for (const [kind, values] of Object.entries(embeddings))
    writeFileSync(join(folder, name, `${kind}_embedding.npy`), npyBytes({ shape: [values.length / d, d], values }))
  writeFileSync(join(folder, name, 'ids.npy'), npyBytes({ shape: [ids.length], values: ids }))
  return causalscope(folder, 'import', name, '--project', `${name}.causalscope`)
}

function trained(name: string, ...sets: string[]): Promise<Ended> {
  const quick = ['latent.size=3', 'training.steps=20', ...sets].flatMap((set) => ['--set', set])
  const method = ['--method', 'partial-causal', '--replicates', '0', '--threads', '1']
  return causalscope(folder, 'train', '--project', `${name}.causalscope`, ...method, ...quick)
}

describe('coupling embeddings', () => {
  it.each<[string, () => Record<string, Float32Array>, string[], string]>([
    [
      'a value that is none',
      () => ({ image: noise('image').fill(NaN, 20, 21), text: noise('text') }),
      idsOf(n),
      'image_embedding.npy, row 3, column 2 (sample s3): the value is NaN, not a finite number.',
    ],
    [
      'an id twice',
      () => ({ image: noise('image'), text: noise('text') }),
      idsOf(n).with(9, 's3'),
      'rows 3 and 9 have the id "s3".',
    ],
    [
      'fewer rows than ids',
      () => ({ image: noise('image', 50), text: noise('text') }),
      idsOf(n),
      'image_embedding.npy has no ids and 50 rows, text_embedding.npy has 60 samples: they cannot be paired.',
    ],
  ])('is refused at the import for %s, which makes no project', async (name, embeddings, ids, words) => {
    const { code, stderr } = await imported(name, embeddings(), ids)
    expect(stderr).toContain(words)
    expect(code).toBe(2)
    expect(() => readFileSync(join(folder, `${name}.causalscope`))).toThrow()
  })

  it.each<[string, () => Record<string, Float32Array>, number, string[], string]>([
    [
      'one modality',
      () => ({ image: noise('image') }),
      n,
      [],
      'compares two kinds of measurement or more, and this run would use image_embedding alone.',
    ],
    [
      'few rows',
      () => ({ image: noise('image', 10), text: noise('text', 10) }),
      10,
      [],
      '10 samples are too few for 3 latents.\nAt least 16 are needed',
    ],
    [
      'many components',
      () => ({ image: noise('image'), text: noise('text') }),
      n,
      ['unmixing.components=4'],
      '4 components cannot be unmixed from 3 outputs.',
    ],
    [
      'nothing that changes',
      () => ({ image: noise('image').fill(1), text: noise('text') }),
      n,
      [],
      'The modality image_embedding is the same in every sample: there is nothing to compare.',
    ],
  ])('is refused for %s', async (name, embeddings, count, sets, words) => {
    expect((await imported(name, embeddings(), idsOf(count))).code).toBe(0)
    const { code, stderr } = await trained(name, ...sets)
    expect(stderr).toContain(words)
    expect(code).toBe(2)
  })

  it('goes without zeros and constant columns and with smaller batches, says so, and claims nothing of noise', async () => {
    const image = noise('image')
    image.fill(0, 3 * d, 4 * d)
    for (let row = 0; row < n; row++) if (row !== 3) image[row * d + 1] = 0.25
    const told = await imported('odd', { image, text: noise('text') })
    expect(told.stdout).toContain('image_embedding: s3 is all zeros, as encoders write where they had no input')
    const { code, stdout } = await trained('odd', 'training.batchSize=4096')
    expect(code).toBe(0)
    expect(stdout).toContain('No sign that image_embedding and text_embedding share anything beyond chance.')
    expect(stdout).toContain('measured on 16 samples that nothing was learnt from')
    expect(stdout).toContain('image_embedding of 1 of 60 samples is all zeros and has no direction')
    expect(stdout).toContain('1 of 6 values of image_embedding are the same in every sample and say nothing.')
    expect(stdout).toContain('A batch of 4096 is more than the 43 samples to learn from: batches have 43.')
  })

  it('tells nothing of what is shared where no samples can be kept aside', async () => {
    await imported('few', { image: noise('image', 30), text: noise('text', 30) }, idsOf(30))
    const { stdout } = await trained('few')
    expect(stdout).toContain(
      'How much image_embedding and text_embedding share cannot be told, since none of the 30 samples was kept aside',
    )
    expect(stdout).not.toContain('share at least')
  })

  it('names the columns of numbers that came in as metadata where a second modality is lacking', async () => {
    mkdirSync(join(folder, 'meat'))
    const rows = idsOf(20).map((id, row) => [id, ...noise(`spectrum ${row}`, 2)].join(','))
    writeFileSync(
      join(folder, 'meat/spectra.csv'),
      [['id', ...Array.from({ length: 2 * d }, (_, k) => 850 + 2 * k)].join(','), ...rows, ''].join('\n'),
    )
    writeFileSync(
      join(folder, 'meat/chemistry.csv'),
      ['id,water,fat', ...idsOf(20).map((id, row) => `${id},${60 + row / 7},${20 - row / 9}`), ''].join('\n'),
    )
    await causalscope(folder, 'import', 'meat', '--project', 'meat.causalscope')
    const { code, stderr } = await trained('meat')
    expect(code).toBe(2)
    expect(stderr).toContain('water, fat are metadata here, which no method learns from.')
  })
})
