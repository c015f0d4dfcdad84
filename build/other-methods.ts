/** Runs of the partial causal model and of causal complete cause in the open project, short ones: views to look at. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { writeSynthetic } from '../src-main/datasets/synthetic/write.ts'

const inspected = v.object({ plan: v.looseObject({ description: v.unknown() }) })
const confirmed = v.object({ dataset: v.looseObject({ id: v.number() }) })

/** Asks the host as the page does. */
async function ask<S extends v.GenericSchema>(
  page: Page,
  shape: S,
  channel: string,
  body: object,
): Promise<v.InferOutput<S>> {
  const asked = `window.causalscope.request(${JSON.stringify(channel)}, ${JSON.stringify(body)})`
  const reply: unknown = await page.evaluate(asked)
  return v.parse(v.object({ ok: v.literal(true), value: shape }), reply).value
}

async function trainOn(page: Page, home: string, set: string, method: string, config: object): Promise<void> {
  const source = join(home, set)
  await writeSynthetic(set, { out: source, samples: 600, seed: 0 })
  const { plan } = await ask(page, inspected, 'import.inspect', { source, description: null, task: set })
  const { description } = plan
  const { dataset } = await ask(page, confirmed, 'import.confirm', { source, description, name: set, task: set })
  const how = { seed: 1, engine: 'wasm', threads: 2, name: `On ${set}` }
  await ask(page, v.unknown(), 'run.start', { dataset: dataset.id, method, config, ...how })
  await page.keyboard.press('Control+7')
  await page
    .getByRole('row', { name: `On ${set}` })
    .getByText('done')
    .waitFor({ timeout: 10 * 60_000 })
}

export async function otherMethods(page: Page, home: string): Promise<void> {
  await trainOn(page, home, 'blobs-lines', 'partial-causal', { latent: { size: 4 }, training: { steps: 400 } })
  await trainOn(page, home, 'mmlsyn', 'causal-complete', { label: 'label', training: { epochs: 10 } })
}
