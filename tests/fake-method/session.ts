import * as v from 'valibot'
import { sizeOf } from '../../src-main/datasets/dataset.ts'
import type { Inference } from '../../src-main/models/inference.ts'
import type { SessionRequest } from '../../src-main/models/method.ts'
import type { TrainingSession } from '../../src-main/models/session.ts'
import { namedMatrix } from '../../src-shared/domain/result.ts'
import { refused } from '../../src-shared/errors.ts'
import { arrays, type CentresBody, centres, centresConfig } from './method.ts'

const score = centres.results.score

export function createSession({ method, dataset, config, seed }: SessionRequest): TrainingSession {
  const { centres: count, epochs, modalities } = v.parse(centresConfig, config)
  const used = dataset.modalities.filter(
    ({ modality }) => modalities.length === 0 || modalities.includes(modality.name),
  )
  const widths = used.map(({ modality }) => sizeOf(modality.shape))
  const width = widths.reduce((sum, size) => sum + size, 0)
  const n = dataset.ids.length
  const points = dataset.ids.map((_, row) =>
    Float32Array.from(used.flatMap(({ data }, m) => [...data.subarray(row * widths[m]!, (row + 1) * widths[m]!)])),
  )
  let placed = Float32Array.from({ length: count * width }, (_, at) => {
    const centre = Math.floor(at / width)
    return points[(seed + Math.floor((centre * n) / count)) % n]![at % width]!
  })
  let epoch = 0

  const distance = (point: Float32Array, centre: number): number =>
    point.reduce((sum, x, j) => sum + (x - placed[centre * width + j]!) ** 2, 0)
  const nearest = (point: Float32Array): number => {
    let best = 0
    for (let k = 1; k < count; k++) if (distance(point, k) < distance(point, best)) best = k
    return best
  }
  const meanDistance = (): number => points.reduce((sum, point) => sum + distance(point, nearest(point)), 0) / n

  function move(): number {
    const sums = new Float32Array(count * width)
    const sizes = new Float32Array(count)
    for (const point of points) {
      const k = nearest(point)
      sizes[k]!++
      point.forEach((x, j) => (sums[k * width + j]! += x))
    }
    const next = placed.map((x, at) => {
      const size = sizes[Math.floor(at / width)]!
      return size === 0 ? x : sums[at]! / size
    })
    const moved = Math.hypot(...next.map((x, at) => x - placed[at]!))
    placed = next
    return moved
  }

  return {
    epochs,
    stepsPerEpoch: 1,
    get step() {
      return epoch
    },
    get epoch() {
      return epoch
    },
    advance() {
      if (epoch === epochs) return Promise.resolve({ kind: 'finished' })
      const moved = move()
      const metrics = {
        ...{ epoch, phase: 'moving', step: epoch, seconds: 0, score: meanDistance(), validationScore: null },
        ...{ terms: {}, figures: { moved }, edges: null },
      }
      epoch++
      return Promise.resolve({ kind: 'epoch', metrics, best: true })
    },
    snapshot: () =>
      Promise.resolve({ state: { epoch }, arrays: { placed: { shape: [count, width], values: placed } } }),
    restore(snapshot) {
      epoch = v.parse(v.object({ epoch: v.number() }), snapshot.state).epoch
      placed = snapshot.arrays.placed!.values.slice()
      return Promise.resolve()
    },
    halveLearningRate: () => undefined,
    preview: () =>
      Promise.resolve({
        epoch,
        rows: [0],
        latent: [[...points[0]!.subarray(0, 2)]],
        components: [nearest(points[0]!)],
        reconstructions: [],
      }),
    finish(provenance, seconds) {
      const label = points.map(nearest)
      const shares = new Float32Array(n * count)
      label.forEach((k, row) => (shares[row * count + k] = 1))
      const position = Float32Array.from(points.flatMap((point) => [point[0]!, point[1]!]))
      const body: CentresBody = {
        components: Array.from({ length: count }, (_, k) => ({
          ...{ outcome: k, categories: [], weight: label.filter((l) => l === k).length / n },
          ...{ mean: [placed[k * width]!, placed[k * width + 1]!], variance: [1, 1], nearest: [] },
        })),
        modalities: used.map(({ modality }) => modality.name),
        explained: used.map(({ modality }, m) => ({ name: modality.name, value: widths[m]! / width })),
      }
      return Promise.resolve({
        result: {
          ...{ method, provenance, config, seconds, epochs: epoch, warnings: [], body },
          score: { ...score, value: meanDistance(), terms: {} },
        },
        arrays: {
          ids: dataset.ids,
          named: {
            [arrays.shares]: namedMatrix(shares, n, count),
            [arrays.position]: namedMatrix(position, n, 2),
            [arrays.spread]: namedMatrix(new Float32Array(n * 2), n, 2),
            [arrays.error]: namedMatrix(new Float32Array(n * used.length), n, used.length),
          },
        },
      })
    },
    dispose: () => undefined,
  }
}

export function openInference(): Inference {
  throw refused('Centres answer no questions.', '')
}
