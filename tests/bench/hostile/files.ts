/** Files nobody vouches for: sound ones of every format damaged at seeded places, and odd ones made by hand. */
import { readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { inspectSource } from '../../../src-main/importers/import.ts'
import { requireSource } from '../../../src-main/services/source.ts'
import { damaged } from './damage.ts'
import { oddFiles } from './odd-files.ts'
import { type Verdict, verdictOfError } from './verdict.ts'

const fixtures = join(import.meta.dirname, '../../fixtures/formats')
/** A file that is looked at for longer is hostile and has won, also where other work takes most of the machine. */
const seconds = 300

async function judge(input: string, source: string): Promise<Verdict> {
  try {
    await requireSource(source)
    const plan = await inspectSource(source, { limits: { seconds } })
    if (plan.blocked !== null)
      return { input, outcome: 'refused', held: plan.blocked.message.length > 10, what: plan.blocked.message }
    const sound =
      plan.samples > 0 && plan.modalities.length + plan.metadata.length > 0 && plan.preview.ids.every((id) => id !== '')
    return { input, outcome: 'read', held: sound, what: `${plan.samples} samples` }
  } catch (error) {
    const verdict = verdictOfError(input, error)
    const gaveUp = /took longer than its limit|ended without an answer/.test(verdict.what)
    return gaveUp ? { ...verdict, outcome: 'fault', held: false } : verdict
  }
}

/** A damaged file alone, and beside a sound table that it may belong to. */
export async function* hostileFiles(folder: string, seed: number, copies: number): AsyncGenerator<Verdict> {
  const sound = globSync('*.{bmp,feather,h5,jdx,mat,nc,parquet,spc,xls,xlsx}', { cwd: fixtures }).filter((name) =>
    statSync(join(fixtures, name)).isFile(),
  )
  for (const name of sound) {
    const random = RandomStream.of(seed, `hostile/${name}`)
    const bytes = readFileSync(join(fixtures, name))
    for (let copy = 0; copy < copies; copy++) {
      const place = await mkdtemp(join(folder, 'file-'))
      const { bytes: worse, how } = damaged(bytes, random)
      await writeFile(join(place, basename(name)), worse)
      yield await judge(`${name}, ${how}`, place)
      await rm(place, { recursive: true })
    }
  }
  for (const { name, make } of oddFiles) {
    const place = join(folder, 'odd')
    await mkdir(place)
    yield await judge(name, (await make(place)) ?? place)
    await rm(place, { recursive: true, force: true })
  }
}
