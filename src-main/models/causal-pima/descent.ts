/** How the parameters of causalPIMA move: a batch with what to make of it, whole or in parts for several threads. */
import type { Breathe } from '../../statistics/piecewise.ts'
import { type Descent as AnyDescent, openDescent as open } from '../nn/descent.ts'
import { cutBatch, tensorsOf } from './batch.ts'
import { type CausalPimaModel, disposeBatch } from './model.ts'
import { type Aim, type Part, type ReplicaInit, replicaOf } from './replica.ts'

export type Descent = AnyDescent<Part>

/** The parameters that an aim moves; the others have no gradient. */
function isMoved(name: string, { phase }: Aim): boolean {
  if (name.startsWith('mixture/')) return false
  return phase === 'joint' || !(name.startsWith('dag/') || name.startsWith('expert/'))
}

export function openDescent(model: CausalPimaModel, seed: number, threads: number, breathe?: Breathe): Descent {
  const init: ReplicaInit = { shape: model.shape, seed }
  return open<Part, Part>(
    {
      parameters: model.parameters,
      gradients: ({ batch: arrays, aim }) => {
        const batch = tensorsOf(arrays, model.shape)
        const objective =
          aim.phase === 'pretrain' ? model.pretrainObjective(batch, aim.klWeight) : model.jointObjective(batch, aim)
        disposeBatch(batch)
        return objective
      },
      isMoved: (name, { aim }) => isMoved(name, aim),
      replica: replicaOf(model),
      url: new URL('./replica.ts', import.meta.url),
      init,
      cut: ({ batch, aim }, count) =>
        cutBatch(batch, count).map((part) => ({ part: { batch: part, aim }, share: part.rows / batch.rows })),
    },
    threads,
    breathe,
  )
}
