import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageConfig } from '../../../build/page-config.ts'
import { plantTree } from '../../fake-method/tree.ts'

const run = promisify(execFile)
let folder: string
let tree: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-method-'))
  tree = join(folder, 'tree')
  plantTree(tree)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

/** The command line of the tree with one more method; its JSON lines. */
async function causalscope(...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout } = await run(process.execPath, [join(tree, 'src-main', 'cli.ts'), ...args, '--json'], { cwd: folder })
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const lab = ['--project', 'lab.causalscope'] as const

describe('a method that only its own folder and the lists know', () => {
  it('is trained from the command line, by its own settings', async () => {
    await causalscope('synth', 'ring-decay', '--out', 'set', '--samples', '60', '--seed', '1')
    await causalscope('import', 'set', ...lab)
    const lines = await causalscope('train', ...lab, '--method', 'centres', '--set', 'centres=3', '--seed', '2')
    expect(lines.slice(0, 3).map(({ epoch }) => epoch)).toEqual([
      expect.objectContaining({ epoch: 1, phase: 'moving', validationScore: null }),
      expect.objectContaining({ epoch: 2 }),
      expect.objectContaining({ epoch: 3 }),
    ])
    expect(lines.at(-1)).toMatchObject({
      method: 'centres',
      status: 'done',
      score: expect.any(Number) as number,
      finding: 'The samples fall into 3 clusters.',
      config: { centres: 3, epochs: 3, modalities: [] },
    })
  })

  it('is refused in its own words', async () => {
    const wrong = causalscope('train', ...lab, '--method', 'centres', '--set', 'centers=3')
    await expect(wrong).rejects.toThrow(/Did you mean "centres"/)
    await expect(causalscope('train', ...lab, '--method', 'centres', '--nodes', '2,2')).rejects.toThrow(/--nodes/)
  })

  it('is listed, and exported in the formats of its facets', async () => {
    expect(await causalscope('runs', ...lab)).toEqual([
      expect.objectContaining({ id: 1, method: 'centres', edges: [], epoch: 3 }),
    ])
    const written = await causalscope('export', ...lab, '--run', '1', '--out', 'out')
    expect(written.map(({ format }) => format)).toEqual([
      'clusters.csv',
      'latents.npz',
      'latents.parquet',
      'report.html',
      'finding.txt',
    ])
    const graph = causalscope('export', ...lab, '--run', '1', '--out', 'out', '--formats', 'graph.dot')
    await expect(graph).rejects.toThrow(/Moving centres cannot be written as graph.dot/)
    const [header, first] = readFileSync(join(folder, 'out', 'clusters.csv'), 'utf8').split('\r\n')
    expect(header).toMatch(/^id,component,r_0,r_1,r_2,latent_mean_0,latent_mean_1,/)
    expect(first!.split(',')).toHaveLength(header!.split(',').length)
    expect(await causalscope('evaluate', ...lab, '--run', '1')).toEqual([
      expect.objectContaining({ groundTruth: 'no ground truth', samples: 60, edges: [] }),
    ])
  })

  it('is reported: clusters and ranking, and nothing of a graph', () => {
    const report = readFileSync(join(folder, 'out', 'report.html'), 'utf8')
    expect(report).toContain('Moving centres')
    expect(report).toContain('What tells the clusters apart')
    expect(report).toContain('Cluster 3')
    expect(report).toContain('The Distance ended at')
    expect(report).not.toContain('id="graph"')
    expect(report).not.toContain('undefined')
  })

  it('is shown: the window hears of its settings, runs and clusters, and that it has no graph', async () => {
    const script = join(tree, 'tests', 'fake-method', 'ask.ts')
    const { stdout } = await run(process.execPath, [script, join(folder, 'lab.causalscope'), join(folder, 'settings')])
    const [opened, check, runs, history, clusters, graph] = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { ok: boolean; value?: unknown; error?: unknown })
    expect(opened).toMatchObject({ ok: true })
    expect(check).toMatchObject({ value: { problems: [], estimate: { parameters: 3, latent: 2 } } })
    expect(runs).toMatchObject({ value: { runs: [{ id: 1, method: 'centres', status: 'done' }] } })
    expect(history).toMatchObject({ value: { epochs: [{ epoch: 0 }, { epoch: 1 }, { epoch: 2 }] } })
    expect(clusters).toMatchObject({
      value: { samples: 60, latent: 2, nodes: [], components: [{ title: 'Cluster 1' }, {}, {}] },
    })
    expect(graph).toMatchObject({
      ok: false,
      error: { message: expect.stringMatching(/^A run of .* has no graph\.$/) as string },
    })
  })

  it('has its settings in the page', async () => {
    const { output } = (await build({ ...pageConfig(tree), logLevel: 'error', configFile: false })) as {
      output: { fileName: string; code?: string }[]
    }
    const code = output.map((chunk) => chunk.code ?? '').join('')
    expect(code).toContain('Which samples are alike?')
    expect(code).toMatch(/path:\s*["'`]centres["'`]/)
  })
})
