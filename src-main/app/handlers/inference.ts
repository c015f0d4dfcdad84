import { refused } from '../../../src-shared/errors.ts'
import type { clusterRequests } from '../../../src-shared/contract/clusters.ts'
import type { ModalityArray } from '../../../src-shared/contract/shapes.ts'
import { facetOf } from '../../../src-shared/methods/results.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { readDataset } from '../../project/datasets.ts'
import { readRun } from '../../project/runs.ts'
import type { Handlers } from '../../host/router.ts'
import type { ValueQuestion } from '../../training/inference-messages.ts'
import type { AppContext } from '../context.ts'
import { Display } from '../display.ts'
import { runRows } from '../../services/used-rows.ts'
import { requireRows } from '../rows.ts'

type InferenceChannel = Extract<keyof typeof clusterRequests, `infer.${string}`>

export function inferenceHandlers(context: AppContext): Handlers<InferenceChannel> {
  const { results, store, tasks } = context

  const ask = async (run: number, count: number, question: ValueQuestion, task: string): Promise<ModalityArray[]> => {
    const { project, questions } = context.session()
    const { datasetId } = readRun(project.database, run)
    const { modalities } = readDataset(project.database, datasetId)
    const display = new Display(store, project.database, datasetId)
    const predictions = await tasks.run(task, async ({ signal, report }) => {
      report('Asking the model', null)
      return questions.ask(run, question, signal)
    })
    return predictions.flatMap(({ modality, values }) => {
      const described = modalities.find(({ name }) => name === modality)
      return described === undefined ? [] : [display.decoded(described, count, values)]
    })
  }

  return {
    'infer.decode': async ({ run, latents, task }) => {
      const [first] = latents
      if (latents.some(({ length }) => length !== first?.length))
        throw refused('All latent points have the same number of coordinates.', '', { field: 'latents' })
      const question: ValueQuestion = { kind: 'decode', latents: Float32Array.from(latents.flat()) }
      return { decoded: await ask(run, latents.length, question, task) }
    },
    'infer.reconstruct': async ({ run, rows, from, task }) => {
      const { samples } = runRows(context.session().project.database, run)
      requireRows(rows, samples)
      const question: ValueQuestion = { kind: 'reconstruct', rows: [...rows], from: from === null ? null : [...from] }
      return { decoded: await ask(run, rows.length, question, task) }
    },
    'infer.draw': async ({ run, component, count, seed, task }) => {
      const result = await results.result(context.session().project, run)
      const drawn = facetOf(result, 'clusters').components.find(({ outcome }) => outcome === component)
      if (drawn === undefined) throw refused(`The run has no component ${component}.`, '', { field: 'component' })
      const { mean, variance } = drawn
      const latent = mean.length
      const latents = RandomStream.of(seed, `draw/${component}`)
        .normals(count * latent)
        .map((e, i) => mean[i % latent]! + Math.sqrt(variance[i % latent]!) * e)
      const decoded = await ask(run, count, { kind: 'decode', latents }, task)
      return { decoded, latents: store.put(latents, [count, latent]) }
    },
  }
}
