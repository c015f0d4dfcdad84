/**
 * A study whose graph can be known: two settings of a press, each chosen freely, decide together how a part turns out.
 * Images and curves show all three; the metadata name them, so that nodes can be anchored.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { RandomStream } from '../../src-shared/random/stream.ts'

export const samples = 192
const side = 12
const points = 10

export interface Part {
  readonly id: string
  readonly heat: number
  readonly load: number
  readonly dense: number
}

/** The first are the same however many there are. */
export function parts(count = samples): readonly Part[] {
  const random = RandomStream.of(7, 'parts')
  return Array.from({ length: count }, (_, i) => {
    const [heat, load] = [random.integer(2), random.integer(2)]
    const dense = random.uniform() < (heat === 1 && load === 1 ? 0.95 : 0.08) ? 1 : 0
    return { id: `p${String(i).padStart(3, '0')}`, heat, load, dense }
  })
}

async function image({ heat, load, dense }: Part, shade: number): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side, 240)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const inside = heat === 1 ? x < side / 2 : x >= side / 2
      const thick = y % (load === 1 ? 6 : 3) < 2
      if (inside && thick) pixels[y * side + x] = (dense === 1 ? 20 : 140) + shade
    }
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

export interface StudyFolder {
  /** Further samples with a curve and no image. */
  readonly withoutImage?: number
}

/** Writes the folder "parts" into `home`, and beside it the true graph as truth.json; answers the folder. */
export async function writeStudy(home: string, { withoutImage = 0 }: StudyFolder = {}): Promise<string> {
  const folder = join(home, 'parts')
  await mkdir(join(folder, 'images'), { recursive: true })
  const random = RandomStream.of(8, 'noise')
  const curves = [['id', ...Array.from({ length: points }, (_, j) => `force@${j}`)].join(',')]
  const metadata = ['id,heat,load,density']
  for (const [i, part] of parts(samples + withoutImage).entries()) {
    if (i < samples) await writeFile(join(folder, 'images', `${part.id}.png`), await image(part, random.integer(20)))
    const slope = 1 + 2 * part.dense + part.heat
    const curve = Array.from({ length: points }, (_, j) => slope * j + 3 * part.load + 0.2 * random.normals(1)[0]!)
    curves.push([part.id, ...curve.map((y) => y.toFixed(3))].join(','))
    const words = [
      part.heat === 1 ? 'hot' : 'cold',
      part.load === 1 ? 'high' : 'low',
      part.dense === 1 ? 'dense' : 'porous',
    ]
    metadata.push([part.id, ...words].join(','))
  }
  await writeFile(join(folder, 'curves.csv'), curves.join('\n'))
  await writeFile(join(folder, 'metadata.csv'), metadata.join('\n'))
  await writeFile(
    join(home, 'truth.json'),
    JSON.stringify({
      nodes: ['Heat', 'Load', 'Density'].map((name) => ({ name, categories: ['0', '1'] })),
      edges: [
        ['Heat', 'Density'],
        ['Load', 'Density'],
      ],
      factors: {},
    }),
  )
  return folder
}

/** What a run of the study finds while no replicate has tested it. */
export function provisionalFinding(effect = 'Density'): string {
  return `Provisional: this training links Heat and ${effect} as well as Load and ${effect}; no replicate has tested yet whether that returns.`
}

async function ask(page: Page, channel: string, body: unknown): Promise<Record<string, unknown>> {
  const reply = await page.evaluate(([name, content]) => window.causalscope.request(name, content), [
    channel,
    body,
  ] as const)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
  return reply.value as Record<string, unknown>
}

/** The study imported into a new project, by the window's own contract. */
export async function importStudy(page: Page, home: string): Promise<void> {
  const source = await writeStudy(home)
  await ask(page, 'project.new', { path: join(home, 'Documents', 'press.causalscope') })
  const { plan } = await ask(page, 'import.inspect', { source, description: null, task: 'inspect' })
  const { description } = plan as { description: unknown }
  await ask(page, 'import.confirm', { source, description, name: 'Parts', task: 'import' })
  await expect(page.getByRole('contentinfo')).toContainText(`${samples} samples`)
}

export interface StudyRun {
  readonly name: string
  readonly seed?: number
  readonly pretrainEpochs?: number
  readonly epochs?: number
  readonly learningRate?: number
}

/** Starts a run with its three nodes anchored; answers its number at once. */
export async function trainStudy(page: Page, run: StudyRun): Promise<number> {
  const { name, seed = 1, pretrainEpochs = 4, epochs = 3, learningRate = 1e-3 } = run
  const started = await ask(page, 'run.start', {
    dataset: 1,
    method: 'causal-pima',
    config: {
      nodes: [
        { name: 'Heat', categories: 2, anchor: 'heat' },
        { name: 'Load', categories: 2, anchor: 'load' },
        { name: 'Density', categories: 2, anchor: 'density' },
      ],
      training: { pretrainEpochs, epochs, learningRate, batchSize: 32, patience: 0 },
      mixture: { readings: 1, retries: 0 },
    },
    seed,
    engine: 'wasm',
    threads: 1,
    name,
  })
  return (started.run as { id: number }).id
}

/** Waits in the training view for the run's end. */
export async function untilDone(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+4')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} is done`, { timeout: 90_000 })
}
