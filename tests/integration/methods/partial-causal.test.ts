/** The partial causal model as a person uses it: from a folder of tables to components in files, on the command line. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope, type Ended, start } from '../cli/command.ts'

let folder: string
let whole: Ended
const train = [
  ...['train', '--project', 'lab.causalscope', '--method', 'partial-causal', '--json', '--threads', '1'],
  ...[
    '--set',
    'geometry=box',
    '--set',
    'latent.size=4',
    '--set',
    'training.steps=120',
    '--set',
    'training.batchSize=64',
  ],
  ...['--replicates', '0'],
]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-partial-'))
  await causalscope(folder, 'synth', 'convex', '--out', 'data', '--samples', '400', '--latents', '4', '--privates', '2')
  await causalscope(folder, 'import', 'data', '--project', 'lab.causalscope')
  whole = await causalscope(folder, ...train)
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const ofRun = (command: string, run: number, ...more: string[]) =>
  causalscope(folder, command, '--project', 'lab.causalscope', '--run', String(run), ...more)
const found = (ended: Ended) => {
  const { score, terms, finding, cautions } = ended.lines.at(-1)!
  return { score, terms, finding, cautions }
}

describe('a run of the partial causal model', () => {
  it('says what two tables share, each number with what it rests on', async () => {
    expect(whole.code).toBe(0)
    expect(whole.lines.at(-1)).toMatchObject({ method: 'partial-causal', status: 'done', provisional: true })
    const told = await ofRun('findings', 1, '--json')
    expect(told.lines[0]).toMatchObject({ headline: expect.stringMatching(/share/) as string, nodes: [], edges: [] })
    const words = await ofRun('findings', 1)
    expect(words.stdout).toMatch(/has no direction/)
    expect(words.stdout).toMatch(/measured on 40 samples that nothing was learnt from/)
  })

  it('is evaluated by its latents', async () => {
    const { lines } = await ofRun('evaluate', 1, '--truth', 'data/truth.json', '--json')
    expect(lines[0]).toMatchObject({ groundTruth: 'latents', matchedSamples: 400 })
    expect(Number(lines[0]!.mcc)).toBeGreaterThan(0)
    expect(Number(lines[0]!.r2)).toBeLessThan(1)
    const latents = lines[0]!.latents as { latent: string; component: string; correlation: number }[]
    expect(latents).toHaveLength(4)
    expect(new Set(latents.map(({ component }) => component)).size).toBe(4)
    const { stdout } = await ofRun('evaluate', 1, '--truth', 'data/truth.json')
    expect(stdout).toMatch(/latent +component +\|correlation\| +R2 of all/)
  })

  it('leaves as components, as a graph with an edge that has no direction, and as a report', async () => {
    const { code } = await ofRun('export', 1, '--out', 'out')
    expect(code).toBe(0)
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(
      [
        'components.csv',
        'finding.txt',
        'graph.dot',
        'graph.graphml',
        'graph.json',
        'latents.npz',
        'latents.parquet',
        'report.html',
      ].sort(),
    )
    const [header, ...rows] = readFileSync(join(folder, 'out', 'components.csv'), 'utf8')
      .trim()
      .split('\r\n')
    expect(header).toMatch(
      /^id,C1,C2,C3,C4,C1 of t,C2 of t,C3 of t,C4 of t,C1 of x,C2 of x,C3 of x,C4 of x,t P1,.*x P1,.*C1 standing,.*x P1 standing/,
    )
    expect(rows[0]).toMatch(/,provisional,provisional,provisional,provisional/)
    expect(rows).toHaveLength(400)
    expect(readFileSync(join(folder, 'out', 'graph.dot'), 'utf8')).toMatch(/z0 -> z1 \[dir=none/)
    expect(readFileSync(join(folder, 'out', 'graph.json'), 'utf8')).toMatch(/"kind": "partial causal graph"/)
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toMatch(/Components that the measurements share/)
    const refused = await ofRun('export', 1, '--out', 'other', '--formats', 'graph.bif')
    expect(refused.code).toBe(2)
  })

  it('that is interrupted ends as if it had not been', async () => {
    const running = start(folder, ...train)
    await running.saw('stdout', /"epoch":3,/)
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped.code).toBe(130)
    const resumed = await ofRun('resume', 2, '--replicates', '0', '--json')
    expect(resumed.code).toBe(0)
    expect(found(resumed)).toEqual(found(whole))
  })

  it('is replicated, also after an interrupt, and everything says what of it returns, under the names given', async () => {
    const running = start(folder, ...['replicate', '--project', 'lab.causalscope', '--run', '1', '--replicates', '2'])
    await running.saw('stderr', /Replicating, 0 %/)
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toMatch(/Go on with: causalscope replicate .* --run 1 --replicates 2/)
    const replicated = await ofRun('replicate', 1, '--replicates', '2', '--json')
    expect(replicated.code).toBe(0)
    const [component] = replicated.lines.at(-1)!.components as Record<string, unknown>[]
    expect(replicated.lines.at(-1)).toMatchObject({ replicates: 2, provisional: false })
    expect(component).toMatchObject({ own: 'C1', replicability: { mean: expect.any(Number) as number } })
    // 120 steps learn nothing that could return.
    expect(component!.standing).not.toBe('supported')

    const named = await ofRun('name', 1, 'C1=Width of it', 'x P1=Grain')
    expect(named.code).toBe(0)
    const { stdout } = await ofRun('findings', 1)
    expect(stdout).not.toMatch(/Provisional/)
    expect(stdout).toMatch(/Width of it \(C1\): (tentative|not supported); coupling/)
    expect(stdout).toMatch(/Grain \(x P1\): .* of its variance; returns 0\.\d+/)
    expect(stdout).toMatch(/Two trainings on other parts of the samples agree on Width of it/)
    await ofRun('export', 1, '--out', 'named')
    const file = (name: string): string => readFileSync(join(folder, 'named', name), 'utf8')
    const [header, row] = file('components.csv').split('\r\n')
    expect(header).toMatch(/^id,Width of it,C2,.*Width of it of x,.*,Width of it standing,Width of it replicability,/)
    expect(row).toMatch(/(tentative|not supported),0\.\d+/)
    const graph = JSON.parse(file('graph.json')) as { components: { name: string; standing: string }[] }
    expect(graph.components[0]!.name).toBe('Width of it')
    expect(graph.components[0]!.standing).toMatch(/tentative|unsupported/)
    expect(file('graph.dot')).toMatch(/Width of it 0\.\d\d \((tentative|not supported)\)/)
    expect(file('graph.dot')).toMatch(/private to x: Grain \d+ %/)
    expect(file('graph.graphml')).toMatch(/Width of it/)
    expect(file('report.html')).toMatch(/Width of it \(C1\)/)
    expect(file('report.html')).toMatch(/Grain \(x P1\)/)
    const twice = await ofRun('name', 1, 'C2=Width of it')
    expect(twice.code).toBe(2)
    expect(twice.stderr).toMatch(/Another component is called/)
    const unknown = await ofRun('name', 1, 'C9=Height')
    expect(unknown.stderr).toMatch(/C9/)
  })

  it('on one kind of measurement is refused, with what to do', async () => {
    const refused = await causalscope(folder, ...train, '--set', 'modalities=["x"]')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/compares two kinds of measurement or more/)
    const tooMany = await causalscope(folder, ...train, '--set', 'unmixing.components=5')
    expect(tooMany.code).toBe(2)
    expect(tooMany.stderr).toMatch(/5 components cannot be unmixed from 4 outputs/)
  })
})
