import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { DataParallel } from '../../../src-main/compute/data-parallel/data-parallel.ts'
import { openEngine } from '../../../src-main/compute/engine.ts'
import * as lineReplica from './line-replica.ts'

const points: lineReplica.Points = {
  x: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)),
  y: Float32Array.from({ length: 30 }, (_, i) => 2 * Math.sin(i) + 1 + 0.1 * Math.cos(3 * i)),
}

/** The points cut into parts of unequal size, with each part's share. */
function cut(threads: number): { parts: lineReplica.Points[]; weights: number[] } {
  const bounds = Array.from({ length: threads + 1 }, (_, t) => Math.round(30 * (t / threads) ** 1.3))
  const parts = bounds.slice(1).map((end, t) => ({
    x: points.x.slice(bounds[t], end),
    y: points.y.slice(bounds[t], end),
  }))
  return { parts, weights: parts.map(({ x }) => x.length / 30) }
}

const open = (threads: number): Promise<DataParallel<lineReplica.Points>> =>
  DataParallel.open({
    threads,
    replica: lineReplica.createReplica({ slope: -1 }),
    url: new URL('./line-replica.ts', import.meta.url),
    init: { slope: -1 },
  })

async function close(parallel: DataParallel<lineReplica.Points>): Promise<void> {
  await parallel.dispose()
  parallel.replica.dispose()
}

/** Trains for 40 steps and reads the line. */
async function train(threads: number): Promise<{ line: number[]; losses: number[] }> {
  const parallel = await open(threads)
  const { parts, weights } = cut(threads)
  const losses: number[] = []
  for (let step = 1; step <= 40; step++) {
    const update = { learningRate: 0.1, step }
    const updates = new Map([
      ['slope', update],
      ['offset', update],
    ])
    const [loss, middle] = await parallel.step(parts, weights, updates)
    expect(middle).toBeCloseTo(points.x.reduce((sum, x) => sum + x, 0) / 30, 6)
    losses.push(loss!)
  }
  const { parameters } = parallel.replica
  const line = ['slope', 'offset'].map((name) => parameters.get(name)!.dataSync()[0]!)
  expect(Array.from(parameters.get('idle')!.dataSync())).toEqual(new Array(40).fill(1))
  await close(parallel)
  return { line, losses }
}

describe('data-parallel training', () => {
  beforeAll(() => openEngine('wasm'))

  it('comes to the same line on one, two and three threads, and to the same bits on as many', async () => {
    const [one, two, again, three] = [await train(1), await train(2), await train(2), await train(3)]
    expect(again).toEqual(two)
    for (const other of [two, three]) {
      other.line.forEach((x, i) => expect(x).toBeCloseTo(one.line[i]!, 4))
      other.losses.forEach((x, i) => expect(x).toBeCloseTo(one.losses[i]!, 4))
    }
    expect(one.losses.at(-1)).toBeLessThan(0.1 * one.losses[0]!)
  })

  it('starts from parameters that were written between steps, and keeps its running means', async () => {
    const parallel = await open(2)
    const { parts, weights } = cut(2)
    const updates = new Map([['slope', { learningRate: 0, step: 1 }]])
    const before = (await parallel.step(parts, weights, updates))[0]!
    const replaced = tf.tensor1d([2])
    parallel.replica.parameters.get('slope')!.assign(replaced)
    parallel.parametersChanged()
    const after = (await parallel.step(parts, weights, updates))[0]!
    expect(after).toBeLessThan(before)
    expect(parallel.moments('slope').first[0]).not.toBe(0)
    expect(parallel.moments('idle').first[0]).toBe(0)
    replaced.dispose()
    await close(parallel)
  })

  it('passes on why a worker could not compute its part', async () => {
    const parallel = await open(2)
    const { parts, weights } = cut(2)
    const empty = { x: new Float32Array(), y: new Float32Array() }
    await expect(parallel.step([parts[0]!, empty], weights, new Map())).rejects.toThrow('a part without points')
    await close(parallel)
  })
})
