import { describe, expect, it } from 'vitest'
import { checkRun } from '../../../src-main/services/run-check.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'

const lab = projectFolder()

async function checked(config: object, samples = 40) {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(samples))
  return checkRun(project.database, dataset, 'causal-pima', config)
}

describe('a run that does not exist yet', () => {
  it.each([
    ['a * (t', /cannot be read/],
    ['a * gamma(t)', /calls gamma/],
    ['t + 1', /no parameter to learn/],
    ['logVar * t', /the name of its noise/],
  ])('is refused for the formula "%s", by its field', async (formula, why) => {
    const { problems } = await checked({ experts: [{ modality: 'curve', kind: 'formula', formula }] })
    expect(problems).toMatchObject([{ field: 'experts.0.formula', message: expect.stringMatching(why) as string }])
  })

  it('may have a formula that can be read', async () => {
    const check = await checked({ experts: [{ modality: 'curve', kind: 'formula', formula: 'a * exp(-k * t)' }] })
    expect(check).toMatchObject({ problems: [], samples: 40 })
  })

  it('is told which samples it leaves out', async () => {
    expect(await checked({ modalities: ['curve'] })).toMatchObject({
      samples: 20,
      notes: ['20 samples have no curve and are left out of the run.'],
    })
  })

  it('is told how many samples lack a modality', async () => {
    expect(await checked({})).toMatchObject({
      samples: 40,
      notes: ['20 of 40 samples lack a modality (50 %). They take part with what was measured; nothing is filled in.'],
    })
  })

  it('is refused where too few samples are left', async () => {
    const { problems } = await checked({ modalities: ['curve'] }, 20)
    expect(problems).toMatchObject([
      { field: 'nodes', message: expect.stringMatching(/^10 samples are too few/) as string },
    ])
  })

  it('is refused for a modality that is not there', async () => {
    const { problems } = await checked({ modalities: ['curves'] })
    expect(problems).toMatchObject([{ field: 'modalities.0' }])
  })
})
