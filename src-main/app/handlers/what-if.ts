import { refused } from '../../../src-shared/errors.ts'
import type { ModalityArray } from '../../../src-shared/contract/shapes.ts'
import { mostNewSamples, type whatIfRequests } from '../../../src-shared/contract/what-if.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { facetsOf } from '../../../src-shared/methods/results.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Handlers } from '../../host/router.ts'
import type { Prediction } from '../../models/inference.ts'
import { readDataset } from '../../project/datasets.ts'
import { readRun } from '../../project/runs.ts'
import { readGraphAnnotations } from '../../services/graphs.ts'
import { readNames } from '../../services/results.ts'
import { type AskedRun, askedRun } from '../../services/what-if/asked-run.ts'
import { counterfactualOf } from '../../services/what-if/counterfactual.ts'
import { effectOf } from '../../services/what-if/effect.ts'
import { keepQuestion } from '../../services/what-if/kept.ts'
import { decodeWorlds } from '../../services/what-if/intervention-draws.ts'
import { firstOf, readNewSamples } from '../../services/what-if/new-samples.ts'
import { toldBy } from '../../services/what-if/told-by.ts'
import { toldOfEach } from '../../services/what-if/told-of-each.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { tellProgress } from '../import-progress.ts'
import { requireRows } from '../rows.ts'

export function whatIfHandlers(context: AppContext): Handlers<keyof typeof whatIfRequests> {
  const { results, store, tasks } = context

  const asked = async (run: number): Promise<AskedRun> => {
    const { project } = context.session()
    const [result, judged] = await Promise.all([results.result(project, run), results.judged(project, run)])
    return askedRun(result, judged?.judgement ?? null, readNames(project, run, facetsOf(result)))
  }

  /** Decoded values for the page. */
  const shown = (run: number, decoded: readonly Prediction[], count: number): ModalityArray[] => {
    const { project } = context.session()
    const { datasetId } = readRun(project.database, run)
    const { modalities } = readDataset(project.database, datasetId)
    const display = new Display(store, project.database, datasetId)
    return decoded.flatMap(({ modality, values }) => {
      const described = modalities.find(({ name }) => name === modality)
      return described === undefined ? [] : [display.decoded(described, count, values)]
    })
  }

  const decoder = (run: number, signal: AbortSignal) => {
    const { questions } = context.session()
    return (latents: Float32Array) => questions.ask(run, { kind: 'decode', latents }, signal)
  }

  const decodable = ({ clusters }: AskedRun): Clusters => {
    if (clusters === null || clusters.decoded.length === 0)
      throw refused('The run has no measurements that could be drawn: it was trained on a table alone.')
    return clusters
  }

  /** A run with something to decode, and one of its samples. */
  const withClusters = async (run: number, row: number): Promise<{ asked: AskedRun; clusters: Clusters }> => {
    const one = await asked(run)
    const clusters = decodable(one)
    requireRows([row], one.samples)
    return { asked: one, clusters }
  }

  return {
    'intervene.effect': async ({ run, settings, count, seed, task }) => {
      const one = await asked(run)
      const effect = effectOf(one, settings)
      const { clusters } = one
      if (clusters === null || clusters.decoded.length === 0) return { effect, before: [], seen: [], set: [] }
      const { before, seen, set } = await tasks.run(task, async ({ signal, report }) => {
        report('Asking the model', null)
        return decodeWorlds(clusters, effect, { count, seed }, decoder(run, signal))
      })
      const pictures = (world: typeof before) => (world === null ? [] : shown(run, world.decoded, count))
      return { effect, before: pictures(before), seen: pictures(seen), set: pictures(set) }
    },
    'intervene.keep': async ({ run, settings }) => {
      const { project } = context.session()
      const one = await asked(run)
      keepQuestion(project, run, one, settings)
      return readGraphAnnotations(project, run, facetsOf(one.result).graph)
    },
    'intervene.sample': async ({ run, row, settings, count, seed, task }) => {
      const { asked: one, clusters } = await withClusters(run, row)
      const arrays = await results.arrays(context.session().project, run)
      const { counterfactual, would, is } = counterfactualOf(one, clusters, arrays, { row, settings, count, seed })
      const [rebuilt, changed] = await tasks.run(task, async ({ signal, report }) => {
        report('Asking the model', null)
        const decode = decoder(run, signal)
        return [await decode(is), await decode(would.latents)] as const
      })
      return { counterfactual, rebuilt: shown(run, rebuilt, 1), would: shown(run, changed, would.outcomes.length) }
    },
    'infer.new': async ({ run, source, from, count, seed, task }) => {
      const { project, questions } = context.session()
      const one = await asked(run)
      const clusters = decodable(one)
      return tasks.run(task, async ({ signal, report }) => {
        const onProgress = tellProgress(report)
        const read = await readNewSamples(project, run, source, from, { signal, spawn: context.spawn, onProgress })
        report('Asking the model', null)
        const ids = read.ids.slice(0, mostNewSamples)
        const samples = firstOf(read, ids.length)
        const latent = await questions.encode(run, { kind: 'encode', samples, from: [...from] }, signal)
        const told = []
        for await (const sample of toldOfEach(
          one,
          clusters,
          { ids, from, latent },
          { count, seed },
          decoder(run, signal),
        ))
          told.push({ id: sample.id, told: sample.told, draws: shown(run, sample.decoded, count) })
        return { samples: told, total: read.ids.length }
      })
    },
    'infer.told': async ({ run, row, from, count, seed, task }) => {
      const { asked: one, clusters } = await withClusters(run, row)
      const { questions } = context.session()
      return tasks.run(task, async ({ signal, report }) => {
        report('Asking the model', null)
        const latent = await questions.encode(run, { kind: 'encode', samples: [row], from: [...from] }, signal)
        const random = RandomStream.of(seed, `infer/${row}`)
        const { told, draws } = toldBy(one, clusters, from, latent, { count, random })
        return { told, draws: shown(run, await decoder(run, signal)(draws.latents), count) }
      })
    },
  }
}
