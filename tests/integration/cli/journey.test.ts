import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoints } from '../../../src-main/project/run-history.ts'
import { openProject } from '../../../src-main/project/project.ts'
import { readCheckpoint, writeCheckpoint } from '../../../src-main/training/checkpoint-file.ts'
import { causalscope } from './command.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-cli-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const quick = ['--set', 'training.pretrainEpochs=2', '--set', 'training.epochs=2', '--set', 'mixture.readings=1']

describe('from files to a graph on the command line', () => {
  it('makes a data set, imports it and trains on it', async () => {
    const synth = await causalscope(folder, 'synth', 'circles', '--out', 'circles', '--samples', '256', '--json')
    expect(synth).toMatchObject({ code: 0, lines: [{ name: 'circles', samples: 256, seed: 0 }] })

    const imported = await causalscope(folder, 'import', 'circles', '--project', 'lab.causalscope', '--json')
    expect(imported.code).toBe(0)
    expect(imported.lines).toEqual([
      expect.objectContaining({ dataset: 1, samples: 256, complete: 256, leftOut: expect.anything() as unknown }),
    ])
    expect(imported.stderr).toContain('causalscope train --project lab.causalscope --method causal-pima')

    const trained = await causalscope(
      folder,
      ...[
        'train',
        '--project',
        'lab.causalscope',
        '--method',
        'causal-pima',
        '--seed',
        '3',
        ...quick,
        '--replicates',
        '0',
        '--json',
      ],
    )
    expect(trained.code).toBe(0)
    const epochs = trained.lines.filter((line) => !('id' in line)).map((line) => line.epoch)
    expect(epochs.length).toBeGreaterThanOrEqual(4)
    expect(epochs).toMatchObject(epochs.map((_, i) => ({ epoch: i + 1 })))
    expect(trained.lines.at(-1)).toMatchObject({
      id: 1,
      epoch: epochs.length,
      epochs: epochs.length,
      method: 'causal-pima',
      seed: 3,
      engine: 'wasm',
      status: 'done',
      score: expect.any(Number) as number,
      seconds: expect.any(Number) as number,
      edges: expect.any(Array) as unknown[],
      finding: expect.any(String) as string,
      provenance: { datasetSha256: imported.lines[0]!.sha256 },
    })
  })

  it('gives the same numbers for the same seed', async () => {
    const again = await causalscope(
      folder,
      ...[
        'train',
        '--project',
        'lab.causalscope',
        '--method',
        'causal-pima',
        '--seed',
        '3',
        ...quick,
        '--replicates',
        '0',
        '--json',
      ],
    )
    const runs = await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')
    expect(runs.lines.map((run) => [run.id, run.score])).toEqual([
      [1, again.lines.at(-1)!.score],
      [2, again.lines.at(-1)!.score],
    ])
  })

  it('takes more epochs on a finished run, as a new run that begins with its model', async () => {
    const more = (...words: string[]) =>
      causalscope(folder, 'go-on', '--project', 'lab.causalscope', '--replicates', '0', ...words, '--json')
    const [before] = (await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')).lines
    const once = await more('--run', '1', '--epochs', '2')
    expect(once.code).toBe(0)
    const epochs = Number(before!.epoch)
    expect(once.lines.at(-1)).toMatchObject({
      ...{ id: 3, status: 'done', epoch: epochs + 2, seed: 3 },
      provenance: { goesOnFrom: { run: 1, epoch: epochs } },
    })
    expect((await more('--run', '1', '--epochs', '2')).lines.at(-1)).toMatchObject({ score: once.lines.at(-1)!.score })
    const none = await more('--run', '9', '--epochs', '2')
    expect(none).toMatchObject({ code: 2 })
    expect(none.stderr).toContain('The project has no run 9.')
  })

  it('refuses more epochs of a run that an earlier version finished, and leaves no run behind', async () => {
    const project = openProject(join(folder, 'lab.causalscope'), { program: 'test' })
    const { file, sha256 } = readCheckpoints(project.database, 2).at(-1)!
    const { snapshot, ...rest } = await readCheckpoint(file)
    const kept = snapshot.state as { state: object }
    const state = { ...kept, state: { ...kept.state, keepsGuide: undefined } }
    const older = await writeCheckpoint(file, { ...rest, snapshot: { ...snapshot, state } })
    project.database.run('UPDATE checkpoints SET sha256 = ? WHERE sha256 = ?', older.sha256, sha256)
    project.close()
    const before = await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')
    const refused = await causalscope(folder, 'go-on', '--project', 'lab.causalscope', '--run', '2', '--epochs', '2')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('Run 2 takes no more epochs: it was finished by an earlier version of the program')
    expect(refused.stderr).toContain('Train anew with more epochs')
    expect((await causalscope(folder, 'runs', '--project', 'lab.causalscope', '--json')).lines).toEqual(before.lines)
  })

  it('evaluates with and without a truth', async () => {
    const run = ['evaluate', '--project', 'lab.causalscope', '--run', '1', '--json']
    const against = await causalscope(folder, ...run, '--truth', join('circles', 'truth.json'))
    expect(against.code).toBe(0)
    expect(against.lines).toEqual([
      expect.objectContaining({
        run: 1,
        groundTruth: 'given',
        jointNmi: expect.any(Number) as number,
        cpdagShd: expect.any(Number) as number,
      }),
    ])
    const alone = await causalscope(folder, ...run)
    expect(alone.lines[0]).toMatchObject({ groundTruth: 'no ground truth', score: against.lines[0]!.score })
    expect(alone.lines[0]).not.toHaveProperty('jointNmi')
  })

  it('exports everything, or what is asked for', async () => {
    const out = join(folder, 'out')
    const all = await causalscope(folder, 'export', '--project', 'lab.causalscope', '--run', '1', '--out', 'out')
    expect(all.code).toBe(0)
    const files = readdirSync(out).sort()
    expect(files).toEqual([
      'clusters.csv',
      'finding.txt',
      'graph.bif',
      'graph.dagitty',
      'graph.dot',
      'graph.graphml',
      'graph.json',
      'knowledge.txt',
      'latents.npz',
      'latents.parquet',
      'report.html',
    ])
    expect(all.stdout.trim().split('\n').sort()).toEqual(files.map((name) => join(out, name)))
    expect(readFileSync(join(out, 'clusters.csv'), 'utf8').trim().split(/\r?\n/)).toHaveLength(257)

    const one = ['export', '--project', 'lab.causalscope', '--run', '1', '--out', 'one', '--formats', 'graph.dot']
    expect((await causalscope(folder, ...one)).code).toBe(0)
    expect(readdirSync(join(folder, 'one'))).toEqual(['graph.dot'])
  })

  it('learns a network from a table alone, every node anchored', async () => {
    await causalscope(folder, 'synth', 'cancer', '--out', 'cancer', '--samples', '800')
    await causalscope(folder, 'import', 'cancer', '--project', 'table.causalscope')
    const nodes = ['Pollution', 'Smoker', 'Cancer', 'Xray', 'Dyspnoea']
    const trained = await causalscope(
      folder,
      ...['train', '--project', 'table.causalscope', '--method', 'causal-pima', '--replicates', '0', '--json'],
      ...nodes.flatMap((node) => ['--anchor', `${node}=${node}`]),
    )
    expect(trained.stderr).not.toMatch(/N1/)
    expect(trained.code).toBe(0)
    expect(trained.lines.at(-1)!.nodes).toEqual(
      nodes.map((node) => expect.objectContaining({ name: node, anchor: node }) as unknown),
    )
  })

  it('says which engines there are', async () => {
    const { code, lines } = await causalscope(folder, 'engines', '--json')
    expect(code).toBe(0)
    expect(lines).toContainEqual(expect.objectContaining({ name: 'wasm', present: true }))
  })
})
