import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { causalscope } from './command.ts'

let folder: string
const project = ['probe', '--project', 'frozen.causalscope', '--label', 'digit']

/** Embeddings from elsewhere, [240, 12] as .npy with ids of their own order, and a table of labels and domains. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-probe-'))
  mkdirSync(join(folder, 'frozen'))
  const random = RandomStream.of(0, 'frozen embeddings')
  const values = Float32Array.from({ length: 240 * 12 }, (_, at) => {
    const [row, k] = [Math.floor(at / 12), at % 12]
    return row === 17 ? 0 : random.normal() ** 3 + (k === row % 3 ? 6 : 0) + (row % 4 === 3 ? random.normal() : 0)
  })
  const ids = Array.from({ length: 240 }, (_, row) => `s${String(row).padStart(3, '0')}`)
  writeFileSync(join(folder, 'frozen/embedding.npy'), npy('<f4', [240, 12], Buffer.from(values.buffer)))
  writeFileSync(join(folder, 'frozen/ids.npy'), npy('|S4', [240], Buffer.from(ids.join(''))))
  const lines = ids.map((id, row) => `${id},d${row % 3},${row % 4 === 3 ? 'noisy' : 'plain'}`)
  writeFileSync(join(folder, 'frozen/metadata.csv'), ['id,digit,domain', ...lines.toReversed(), ''].join('\n'))
  expect((await causalscope(folder, 'import', 'frozen', '--project', 'frozen.causalscope')).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

function npy(type: string, shape: readonly number[], data: Buffer): Buffer {
  const description = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = description.padEnd(117) + '\n'
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), data])
}

describe('probe', () => {
  it('prints the table and writes every score', async () => {
    const args = ['--domain', 'domain', '--shots', '1,4', '--seeds', '3', '--components', '6', '--out', 'probed']
    const { code, stdout, stderr } = await causalscope(folder, ...project, ...args)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Tested on plain: 36 samples, noisy: 60 samples\.\nhead +shots +test +features +accuracy %/)
    expect(stdout).toMatch(/^probe +4 +shifted mean +\+PCA\+FastICA +\d+\.\d +\d+\.\d +/m)
    expect(stderr).toContain('Left out, their embedding is all zeros and has no direction: s017.')
    const lines = readFileSync(join(folder, 'probed/probe.csv'), 'utf8').trimEnd().split('\r\n')
    expect(lines[0]).toBe('features,head,shots,seed,test,accuracy,c')
    expect(lines).toHaveLength(1 + 2 * 3 * 3 * 3)
    const written: unknown = JSON.parse(readFileSync(join(folder, 'probed/probe.json'), 'utf8'))
    expect(written).toMatchObject({ features: 'embedding', sourceDomain: 'plain', tests: { plain: 36, noisy: 60 } })
  })

  it('answers the same again, as JSON on one line', async () => {
    const args = ['--shots', '2', '--seeds', '3', '--profile', 'released', '--heads', 'probe,cached', '--json']
    const [first, second] = [
      await causalscope(folder, ...project, ...args),
      await causalscope(folder, ...project, ...args),
    ]
    expect(first.code).toBe(0)
    expect(first.lines).toHaveLength(1)
    expect(first.stdout).toBe(second.stdout)
    expect(first.lines[0]).toMatchObject({ profile: 'released', domain: null })
  })

  it('probes what a run made of the samples', async () => {
    const quick = ['training.epochs=1', 'training.pretrainEpochs=1'].flatMap((set) => ['--set', set])
    const train = ['train', '--project', 'frozen.causalscope', '--method', 'causal-pima', '--replicates', '0', ...quick]
    const trained = await causalscope(folder, ...train, '--threads', '1', '--json')
    expect(trained.code).toBe(0)
    const { code, lines } = await causalscope(
      folder,
      ...project,
      '--run',
      '1',
      '--shots',
      '2',
      '--seeds',
      '3',
      '--json',
    )
    expect(code).toBe(0)
    expect(lines[0]).toMatchObject({ features: 'run 1', tests: { test: 48 } })
  })

  it('probes what the encoder of one modality made of it, where the sample has it', async () => {
    mkdirSync(join(folder, 'pairs'))
    const random = RandomStream.of(1, 'pairs')
    const rows = Array.from({ length: 120 }, (_, at) => ({ id: `p${at}`, kind: at % 2, shared: random.uniform() }))
    const table = (slope: number, count: number): string => {
      const cells = rows.slice(0, count).map(({ id, kind, shared }) => {
        const values = [shared, slope * shared + kind, kind - shared, shared * shared, slope].map(
          (value) => value + random.normal(),
        )
        return [id, ...values].join(',')
      })
      return ['id,v1,v2,v3,v4,v5', ...cells, ''].join('\n')
    }
    writeFileSync(join(folder, 'pairs/left.csv'), table(2, 120))
    writeFileSync(join(folder, 'pairs/right.csv'), table(5, 100))
    writeFileSync(
      join(folder, 'pairs/metadata.csv'),
      ['id,kind', ...rows.map((r) => `${r.id},k${r.kind}`), ''].join('\n'),
    )
    await causalscope(folder, 'import', 'pairs', '--project', 'pairs.causalscope')
    const sets = ['latent.size=2', 'training.steps=20', 'training.batchSize=32'].flatMap((set) => ['--set', set])
    const train = [
      'train',
      '--project',
      'pairs.causalscope',
      '--method',
      'partial-causal',
      '--replicates',
      '0',
      ...sets,
    ]
    expect((await causalscope(folder, ...train, '--threads', '1')).code).toBe(0)
    const ask = ['probe', '--project', 'pairs.causalscope', '--run', '1', '--label', 'kind', '--shots', '2', '--json']
    const { lines } = await causalscope(folder, ...ask, '--modality', 'right')
    expect(lines[0]).toMatchObject({ features: 'right as run 1 encodes it', tests: { test: 20 } })
    expect(lines[0]!.notes).toContain('Without right as run 1 encodes it: 20 samples.')
    const refused = await causalscope(folder, ...ask, '--modality', 'middle')
    expect(refused.stderr).toContain('Run 1 has no modality "middle".')
  })

  it('refuses what cannot be probed, and writes nothing', async () => {
    const refusals = [
      [['--shots', '500'], '500 shots cannot be drawn: class d2 has 63 rows'],
      [['--shots', 'few'], '"few" is no list of numbers of shots.'],
      [['--modality', 'nothing'], 'The data set has no modality "nothing".'],
      [['--domain', 'weather'], 'The data set has no column weather.'],
      [['--run', '9'], 'run 9'],
      [['--run', '1', '--modality', 'embedding'], 'Run 1 does not encode its modalities one by one.'],
      [['--heads', 'tail'], 'There is no head "tail".'],
      [['--test-share', '1'], 'A share of 1 to test on leaves nothing.'],
    ] as const
    for (const [args, words] of refusals) {
      const { code, stderr } = await causalscope(folder, ...project, ...args, '--out', 'refused')
      expect(stderr).toContain(words)
      expect(code).toBe(2)
    }
    expect(() => readFileSync(join(folder, 'refused/probe.csv'))).toThrow()
  })
})
