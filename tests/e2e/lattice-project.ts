/** The lattice folder imported into a new project, by the window's own contract: for tests of what comes after. */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import * as v from 'valibot'
import { type CausalPimaConfig, causalPimaConfigSchema } from '../../src-shared/methods/causal-pima/config.ts'
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract.ts'
import { writeLatticeFolder } from './lattice-folder.ts'

async function ask<C extends Channel>(page: Page, channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const reply = await page.evaluate(([name, content]) => window.causalscope.request(name, content), [
    channel,
    body,
  ] as const)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
  // The app under test holds its answers to the contract.
  return reply.value as ResponseOf<C>
}

/** Answers the data set's number. */
export async function importLattice(page: Page, home: string): Promise<number> {
  const { folder } = await writeLatticeFolder(home)
  return importFolder(page, home, folder, '48 samples')
}

/** A folder into a new project, which then says how many samples there are. Answers the data set's number. */
export async function importFolder(page: Page, home: string, folder: string, says: string): Promise<number> {
  await ask(page, 'project.new', { path: join(home, 'Documents', 'lattices.causalscope') })
  const { plan } = await ask(page, 'import.inspect', { source: folder, description: null, task: 'inspect' })
  const { dataset } = await ask(page, 'import.confirm', {
    source: folder,
    description: plan.description,
    name: 'Lattices',
    task: 'import',
  })
  await expect(page.getByRole('contentinfo')).toContainText(says)
  return dataset.id
}

export interface ShortRun {
  readonly seed: number
  readonly name?: string
  readonly epochs?: number
  readonly nodes?: readonly CausalPimaConfig['nodes'][number][]
}

/** Starts a run of a few epochs; answers its number at once. */
export async function startRun(
  page: Page,
  dataset: number,
  { seed, name, epochs = 3, nodes }: ShortRun,
): Promise<number> {
  const { config } = await ask(page, 'model.defaults', { dataset, method: 'causal-pima' })
  const { training, ...rest } = v.parse(causalPimaConfigSchema, config)
  const { run } = await ask(page, 'run.start', {
    dataset,
    method: 'causal-pima',
    config: {
      ...rest,
      ...(nodes === undefined ? {} : { nodes }),
      training: { ...training, pretrainEpochs: 2, pretrainSteps: 0, epochs },
    },
    seed,
    engine: 'auto',
    threads: null,
    name: name ?? null,
  })
  return run.id
}
