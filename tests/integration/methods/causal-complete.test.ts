/** The causal complete cause as a person uses it: from a folder of tables with a label to predictions, on the command line. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { predictLabels, tellableSets } from '../../../src-main/services/predict.ts'
import { causalscope, type Ended, start } from '../cli/command.ts'

let folder: string
let whole: Ended
const train = [
  ...['train', '--project', 'lab.causalscope', '--method', 'causal-complete', '--json', '--threads', '1'],
  ...['--label', 'label', '--set', 'training.epochs=6', '--set', 'training.batchSize=64'],
]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-complete-'))
  await causalscope(folder, 'synth', 'mmlsyn', '--out', 'data', '--samples', '300')
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

describe('a run of the causal complete cause', () => {
  it('says how well the label is told, what the regulariser made of it, and what is needed', async () => {
    expect(whole.code).toBe(0)
    expect(whole.lines.at(-1)).toMatchObject({ method: 'causal-complete', status: 'done' })
    const told = await ofRun('findings', 1, '--json')
    expect(told.lines[0]).toMatchObject({
      headline: expect.stringMatching(/label/) as string,
      prediction: { label: 'label', classes: ['0', '1'], measuredOn: 'test', measured: 60 },
    })
    const words = await ofRun('findings', 1)
    expect(words.stdout).toMatch(/Without the regulariser the same network/)
    expect(words.stdout).toMatch(/Told from one modality alone: first \d+ %/)
  })

  it('tells the risk with its parts epoch by epoch, the base first', () => {
    const epochs = whole.lines.flatMap(({ epoch }) =>
      typeof epoch !== 'object' ? [] : [epoch as Record<string, unknown>],
    )
    expect(epochs.map(({ phase }) => phase)).toEqual([...new Array<string>(6).fill('base'), ...new Array<string>(6).fill('whole')]) // prettier-ignore
    expect(Object.keys(epochs[0]!.terms as object)).toEqual(
      expect.arrayContaining(['sufficiencyRisk', 'necessityRisk', 'crossEntropy', 'necessity']) as string[],
    )
  })

  it('leaves as predictions with probabilities and fragility, as latents, and as a report', async () => {
    const { code } = await ofRun('export', 1, '--out', 'out')
    expect(code).toBe(0)
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      'calibration.csv',
      'finding.txt',
      'graph.dot',
      'graph.graphml',
      'graph.json',
      'latents.npz',
      'latents.parquet',
      'predictions.csv',
      'report.html',
      'robustness.csv',
    ])
    const [header, ...rows] = readFileSync(join(folder, 'out', 'predictions.csv'), 'utf8')
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    expect(header).toEqual(['id', 'label', 'predicted', 'p(0)', 'p(1)', 'fragility', 'use', 'split'])
    expect(rows).toHaveLength(300)
    for (const [, , predicted, p0, p1, fragility] of rows) {
      expect(Number(p0) + Number(p1)).toBeCloseTo(1, 5)
      expect(predicted).toBe(Number(p0) >= Number(p1) ? '0' : '1')
      expect(Number(fragility)).toBeGreaterThanOrEqual(0)
    }
    expect(rows.filter((row) => row[6] === 'measured')).toHaveLength(60)
    const report = readFileSync(join(folder, 'out', 'report.html'), 'utf8')
    expect(report).toMatch(/How well label is told/)
    expect(report).toMatch(/What each modality takes from the others/)
    expect(report).toMatch(/calibration error 0\.\d+, Brier score 0\.\d+/)
    expect(report).toMatch(/Share told right, by what is seen/)
    expect(report).toMatch(/The smallest change found that another label is told after/)
    const bins = readFileSync(join(folder, 'out', 'calibration.csv'), 'utf8')
      .trim()
      .split('\r\n')
      .slice(1)
    const samples = (stage: string): number =>
      bins.filter((line) => line.startsWith(stage)).reduce((sum, line) => sum + Number(line.split(',')[4]), 0)
    expect([samples('before'), samples('after')]).toEqual([60, 60])
    expect(report).toMatch(/aria-label="Structural causal model\. first to Z: learned: alone/)
    const graph = JSON.parse(readFileSync(join(folder, 'out', 'graph.json'), 'utf8')) as {
      edges: { measured: object }[]
    }
    expect(graph.edges.at(-1)!.measured).toMatchObject({ accuracy: expect.any(Number) as number })
  })

  it('that is interrupted ends as if it had not been', async () => {
    const running = start(folder, ...train)
    await running.saw('stdout', /"epoch":8,/)
    running.child.kill('SIGINT')
    const stopped = await running.ended
    expect(stopped.code).toBe(130)
    const resumed = await ofRun('resume', 2, '--json')
    expect(resumed.code).toBe(0)
    expect(found(resumed)).toEqual(found(whole))
  })

  it('tells the label of new samples, on their own scale, and warns of those unlike the training set', async () => {
    await causalscope(folder, 'synth', 'mmlsyn', '--out', 'new', '--samples', '120', '--seed', '7')
    // Ten samples far from anything that was measured before.
    const table = readFileSync(join(folder, 'new', 'first.csv'), 'utf8')
      .trim()
      .split('\n')
    const moved = table.map((line, at) =>
      at === 0 || at > 10
        ? line
        : line
            .split(',')
            .map((cell, k) => (k === 0 ? cell : (Number(cell) * 30).toFixed(4)))
            .join(','),
    )
    writeFileSync(join(folder, 'new', 'first.csv'), `${moved.join('\n')}\n`)
    rmSync(join(folder, 'new', 'third.csv'))
    await causalscope(folder, 'import', 'new', '--project', 'lab.causalscope')
    const told = await ofRun('predict', 1, '--dataset', '2', '--out', 'told.csv', '--json')
    expect(told.stderr).toBe('')
    const [answer] = told.lines
    expect(answer).toMatchObject({ label: 'label', samples: 120, told: 120 })
    expect(Number(answer!.unlike)).toBeGreaterThanOrEqual(10)
    expect(answer!.notes).toEqual(['new has no third: labels were told without.'])
    const [header, ...rows] = readFileSync(join(folder, 'told.csv'), 'utf8').trim().split('\r\n')
    expect(header).toBe('id,predicted,p(0),p(1),fragility,unlike')
    const labels = readFileSync(join(folder, 'new', 'metadata.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const labelOf = new Map(labels.map((line) => line.split(',') as [string, string]))
    const right = rows.slice(10).filter((row) => labelOf.get(row.split(',')[0]!) === row.split(',')[1])
    expect(right.length / 110).toBeGreaterThan(0.65)
    expect(rows.slice(0, 10).every((row) => Number(row.split(',')[5]) > 1)).toBe(true)
  })

  it('tells nothing of samples of another form', async () => {
    const other = join(folder, 'other')
    mkdirSync(other)
    const cells = Array.from({ length: 6 }, (_, row) => `q${row},${Array.from({ length: 9 }, (__, k) => Math.sin(row + k)).join(',')}`) // prettier-ignore
    writeFileSync(join(other, 'first.csv'), `id,${'abcdefghi'.split('').join(',')}\n${cells.join('\n')}\n`)
    await causalscope(folder, 'import', 'other', '--project', 'lab.causalscope')
    const before = readdirSync(folder)
    const refused = await ofRun('predict', 1, '--dataset', '3', '--out', 'none.csv')
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/first of other has the columns a, b, c, d, e, f and 3 more, not/),
    ])
    expect(readdirSync(folder)).toEqual(before)
  })

  it('knows which data sets fit before anything is started', async () => {
    const project = openProjectReadOnly(join(folder, 'lab.causalscope'))
    try {
      expect(tellableSets(project, 1).map(({ dataset, why }) => [dataset.name, why?.message ?? null])).toEqual([
        ['data', null],
        ['new', null],
        ['other', expect.stringMatching(/^The modality first of other has the columns a, b/)],
      ])
      const spawn = (): never => {
        throw new Error('a process was started')
      }
      const asked = predictLabels(project, 1, 3, { signal: new AbortController().signal, spawn })
      await expect(asked).rejects.toMatchObject({ code: 'refused', details: { field: 'first' } })
    } finally {
      project.close()
    }
  })

  it('is refused without a label to tell, and writes nothing', async () => {
    const lone = join(folder, 'lone')
    mkdirSync(lone)
    const cells = (row: number): string =>
      [`s${row}`, ...Array.from({ length: 8 }, (_, k) => Math.sin(row * (k + 1)).toFixed(4))].join(',')
    const table = (of: (row: number) => string): string => Array.from({ length: 30 }, (_, row) => of(row)).join('\n')
    writeFileSync(join(lone, 'values.csv'), `id,a,b,c,d,e,f,g,h\n${table(cells)}\n`)
    writeFileSync(join(lone, 'metadata.csv'), `id,kind\n${table((row) => `s${row},${row === 4 ? 'odd' : 'even'}`)}\n`)
    await causalscope(folder, 'import', 'lone', '--project', 'lone.causalscope')
    const ask = (...more: string[]) =>
      causalscope(folder, 'train', '--project', 'lone.causalscope', '--method', 'causal-complete', ...more)
    const none = await ask()
    expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/No label was chosen/)])
    const unknown = await ask('--label', 'sort')
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringMatching(/no column "sort"/)])
    const single = await ask('--label', 'kind')
    expect([single.code, single.stderr]).toEqual([2, expect.stringMatching(/"odd" has one sample/)])
    const { lines } = await causalscope(folder, 'runs', '--project', 'lone.causalscope', '--json')
    expect(lines).toEqual([])
  })
})
