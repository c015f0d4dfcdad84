/** One training, and of each of its components how far its halves lie apart beside what it holds in truth. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { readTruth } from '../../../src-main/datasets/truth.ts'
import { componentGaps, isGap } from '../../../src-main/evidence/divided.ts'
import { openProjectReadOnly } from '../../../src-main/project/project.ts'
import { readResult, readResultArrays } from '../../../src-main/services/results.ts'
import { matrixOf } from '../../../src-shared/domain/result.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import { causalscope } from '../command.ts'
import { asking, type Case } from './cases.ts'

export const recordSchema = v.object({
  ...{ half: v.picklist(['set', 'report']), set: v.string(), asked: v.picklist(asking), nodes: v.string() },
  ...{ seed: v.number(), seconds: v.number() },
  components: v.array(
    v.object({
      /** Distance of its halves, the larger of the two that are looked at; 0 where there is none. */
      gap: v.number(),
      speaks: v.boolean(),
      samples: v.number(),
      /** Share of its samples whose factors are not those of most of them but the next in number; null: none are known. */
      second: v.nullable(v.number()),
    }),
  ),
})
export type DividedRecord = v.InferOutput<typeof recordSchema>

const trainedSchema = v.object({ id: v.number(), seconds: v.number() })

async function trained(one: Case, { samples, seed, threads }: Settings, folder: string) {
  const data = one.folder ?? join(folder, 'data')
  const project = join(folder, 'divided.causalscope')
  if (one.folder === undefined)
    await causalscope('synth', one.set, '--out', data, '--samples', String(samples), '--seed', String(seed))
  const description = join(data, '..', 'describe.json')
  const described = one.folder !== undefined && existsSync(description) ? ['--describe', description] : []
  await causalscope('import', data, '--project', project, ...described)
  const answer = await causalscope(
    ...['train', '--project', project, '--method', 'causal-pima', '--nodes', one.nodes, '--replicates', '0', '--json'],
    ...['--seed', String(seed), '--engine', 'wasm', '--threads', String(threads)],
  )
  const { id, seconds } = v.parse(trainedSchema, answer)
  return { project, id, seconds, truth: join(data, 'truth.json') }
}

export interface Settings {
  readonly samples: number
  readonly seed: number
  readonly threads: number
}

export async function recordOf(one: Case, settings: Settings): Promise<DividedRecord> {
  const folder = await mkdtemp(join(tmpdir(), 'causalscope-divided-'))
  try {
    const { project: file, id, seconds, truth } = await trained(one, settings, folder)
    const project = openProjectReadOnly(file)
    try {
      const [result, arrays] = [await readResult(project, id), await readResultArrays(project, id)]
      const { clusters, representation } = facetsOf(result)
      const shares = matrixOf(arrays, clusters!.responsibilities)
      const gaps = componentGaps(matrixOf(arrays, representation!.mean), shares)
      const factors = existsSync(truth) ? readTruth(truth).factors : new Map<string, readonly number[]>()
      const { half, set, asked, nodes } = one
      return {
        ...{ half, set, asked, nodes, seed: settings.seed, seconds },
        components: gaps.map((found, c) => {
          const inside = arrays.ids.filter((_, row) => shares.values[row * shares.columns + c]! > 0.5)
          const counts = new Map<string, number>()
          for (const sample of inside) {
            const outcome = factors.get(sample)?.join()
            if (outcome !== undefined && outcome !== '') counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
          }
          const [, second = 0] = [...counts.values()].toSorted((a, b) => b - a)
          const gap = Math.max(0, ...found.map(({ apart }) => apart))
          return {
            gap,
            speaks: found.some(isGap),
            samples: inside.length,
            second: counts.size === 0 ? null : second / inside.length,
          }
        }),
      }
    } finally {
      project.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
