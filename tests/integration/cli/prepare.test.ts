import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-prepare-'))
  await causalscope(folder, 'synth', 'stripes-peak', '--out', 'set', '--samples', '160')
  await causalscope(folder, 'synth', 'stripes-peak', '--out', 'more', '--samples', '40', '--seed', '9')
})
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const project = ['--project', 'lab.causalscope']
const quick = ['pretrainEpochs=1', 'pretrainSteps=0', 'epochs=1'].flatMap((set) => ['--set', `training.${set}`])
const train = ['train', ...project, '--method', 'causal-pima', '--nodes', '2,2', ...quick]
const steps = 'power-spectrum(scale=log,taper=hann)'

describe('preparations on the command line', () => {
  it('come with an import that describes them, or with one of their own', async () => {
    const description = { preparations: [{ name: 'spectrum', from: 'images', steps: 'power-spectrum' }] }
    writeFileSync(join(folder, 'set.json'), JSON.stringify(description))
    const imported = await causalscope(folder, 'import', 'set', ...project, '--describe', 'set.json', '--json')
    expect(imported).toMatchObject({
      code: 0,
      lines: [
        { modalities: [{ name: 'images' }, { name: 'curves' }, { name: 'spectrum', source: `images: ${steps}` }] },
      ],
    })
    const proposed = await causalscope(folder, 'import', 'set', '--propose', '--describe', 'set.json', '--json')
    expect(proposed.lines).toMatchObject([{ description }])

    const made = await causalscope(
      folder,
      ...['prepare', ...project, '--from', 'curves', '--as', 'shape', '--steps', 'smooth(7)|snv|standardise', '--json'],
    )
    const record = {
      ...{ dataset: 1, modality: 'shape', from: 'curves', steps: 'smooth(window=7,degree=2)|snv|standardise' },
      ...{ fittedOn: 'all 160 samples of data set 1', kind: 'curve', shape: [64], present: 160 },
    }
    expect(made).toMatchObject({ code: 0, lines: [record] })
    const listed = await causalscope(folder, 'prepare', ...project, '--list', '--json')
    expect(listed.lines).toEqual([expect.objectContaining({ modality: 'spectrum', steps }), record])
  })

  it('are what a run is trained on, and stand in its findings, report and data hash', async () => {
    const trained = await causalscope(folder, ...train, '--replicates', '0', '--json')
    expect(trained.code).toBe(0)
    expect(trained.stderr).toContain('It uses spectrum, shape: what was prepared')
    const run = trained.lines.at(-1)
    expect(run).toMatchObject({
      config: { modalities: ['spectrum', 'shape'] },
      provenance: {
        datasetSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        preparations: [
          { modality: 'spectrum', from: 'images', steps, fittedOn: '' },
          { modality: 'shape', fittedOn: 'all 160 samples of data set 1' },
        ],
      },
    })
    const raw = await causalscope(folder, ...train, '--replicates', '0', '--set', 'modalities=images,curves', '--json')
    const provenanceOf = (line: unknown) => (line as { provenance: Record<string, unknown> }).provenance
    expect(provenanceOf(raw.lines.at(-1)).datasetSha256).not.toBe(provenanceOf(run).datasetSha256)
    expect(provenanceOf(raw.lines.at(-1))).not.toHaveProperty('preparations')

    const findings = await causalscope(folder, 'findings', ...project, '--run', '1', '--json')
    expect(findings.lines[0]?.notes).toContain(`spectrum is images after ${steps}.`)
    const replicated = await causalscope(folder, 'replicate', ...project, '--run', '1', '--replicates', '1')
    expect(replicated.code).toBe(0)
    await causalscope(folder, 'export', ...project, '--run', '1', '--out', 'out', '--formats', 'report.html,graph.json')
    const report = readFileSync(join(folder, 'out', 'report.html'), 'utf8')
    expect(report).toContain('Prepared: spectrum')
    expect(report).toContain(`from images: <code>${steps}</code>`)
    expect(report).toContain('numbers of its steps taken from all 160 samples of data set 1')
    expect(JSON.parse(readFileSync(join(folder, 'out', 'graph.json'), 'utf8'))).toMatchObject({
      provenance: { preparations: [{ steps }, { modality: 'shape' }] },
    })
  })

  it('are applied alike to new samples', async () => {
    await causalscope(folder, 'import', 'more', ...project, '--name', 'more')
    const alike = ['prepare', ...project, '--dataset', '2', '--like', '1', '--as', 'shape', '--json']
    expect(await causalscope(folder, ...alike)).toMatchObject({
      code: 0,
      lines: [{ dataset: 2, modality: 'shape', fittedOn: 'all 160 samples of data set 1', present: 40 }],
    })
    expect(await causalscope(folder, ...alike)).toMatchObject({ code: 2 })
  })

  it('go again, unless a run was trained on them', async () => {
    const used = await causalscope(folder, 'prepare', ...project, '--dataset', '1', '--remove', 'spectrum')
    expect(used).toMatchObject({ code: 2, stderr: expect.stringContaining('spectrum is used by run 1.') as string })
    const gone = await causalscope(folder, 'prepare', ...project, '--dataset', '2', '--remove', 'shape')
    expect(gone).toMatchObject({ code: 0, stdout: 'shape is removed; what it was made from stays.\n' })
    const left = await causalscope(folder, 'prepare', ...project, '--dataset', '2')
    expect(left).toMatchObject({ code: 0, stdout: '' })
  })

  it.each([
    [['--from', 'curves', '--as', 'x', '--steps', 'log'], /curves, step 1 \(log\): sample \S+: its value \d+ is -/],
    [['--from', 'curves', '--as', 'x', '--steps', 'smooth(window=8)'], /"window" must be an odd whole number/],
    [['--from', 'curves', '--as', 'x'], /needs to be made from something by some steps/],
    [['--from', 'curves', '--steps', 'snv'], /The prepared modality needs a name/],
    [['--from', 'curve', '--as', 'x', '--steps', 'snv'], /no modality "curve"/],
    [['--from', 'shape', '--as', 'x', '--steps', 'snv'], /shape is itself prepared from curves/],
    [['--from', 'curves', '--as', 'images', '--steps', 'snv'], /has a modality "images" already/],
    [['--remove', 'curves'], /has no prepared modality "curves"/],
    [['--remove', 'shape', '--from', 'curves'], /one at a time/],
  ])('are refused with nothing stored: %j', async (options, words) => {
    const before = await causalscope(folder, 'prepare', ...project, '--json')
    const refusedOne = await causalscope(folder, 'prepare', ...project, '--dataset', '1', ...options)
    expect(refusedOne.code).toBe(2)
    expect(refusedOne.stderr).toMatch(words)
    expect((await causalscope(folder, 'prepare', ...project, '--json')).lines).toEqual(before.lines)
  })

  it('make no project where an import asks for one that cannot be made', async () => {
    const preparations = [{ name: 'x', from: 'curves', steps: [{ step: 'log' }] }]
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ preparations }))
    const imported = await causalscope(folder, 'import', 'set', '--project', 'no.causalscope', '--describe', 'bad.json')
    expect(imported.code).toBe(2)
    expect(imported.stderr).toContain('curves, step 1 (log)')
    expect(existsSync(join(folder, 'no.causalscope'))).toBe(false)
  })

  it('are made by an import where they divide images, used beside them, and not where a description says what to make', async () => {
    await causalscope(folder, 'synth', 'stripes-peak', '--out', 'many', '--samples', '700', '--seed', '2')
    const own = ['--project', 'many.causalscope']
    const imported = await causalscope(folder, 'import', 'many', ...own, '--json')
    const [set] = imported.lines as { modalities: { name: string; prepared?: { divides?: number } }[] }[]
    const made = (set?.modalities ?? []).filter(({ prepared }) => prepared !== undefined)
    expect(made.map(({ name }) => name)).toContain('images_orientation_gaps')
    for (const { prepared } of made) expect(prepared?.divides).toBeGreaterThanOrEqual(2)

    const run = ['train', ...own, '--nodes', '2,2', ...quick, '--replicates', '0', '--json']
    const trained = await causalscope(folder, ...run, '--method', 'causal-pima')
    expect(trained.stderr).toContain('images_orientation_gaps')
    expect(trained.lines.at(-1)).toMatchObject({
      config: { modalities: ['images', 'curves', ...made.map(({ name }) => name)] },
    })

    writeFileSync(join(folder, 'nothing.json'), JSON.stringify({ preparations: [] }))
    const plain = await causalscope(folder, 'import', 'many', ...own, '--describe', 'nothing.json', '--json')
    expect(plain.lines).toMatchObject([{ modalities: [{ name: 'images' }, { name: 'curves' }] }])
    const later = await causalscope(folder, 'prepare', ...own, '--telling', '--json')
    expect((later.lines as { modality: string }[]).map(({ modality }) => modality)).toEqual(
      made.map(({ name }) => name),
    )
  }, 300_000)
})
