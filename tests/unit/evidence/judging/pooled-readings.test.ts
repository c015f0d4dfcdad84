import { describe, expect, it } from 'vitest'
import { countLabels } from '../../../../src-main/evidence/counts.ts'
import type { LabelledReplicate, LabelledRun, Renaming } from '../../../../src-main/evidence/judging/labelled.ts'
import { poolReadings } from '../../../../src-main/evidence/judging/pooled-readings.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const samples = 600
const categories = [2, 2]
const random = RandomStream.of(1, 'pooled')
const labels = [0, 1].map(() => Int32Array.from({ length: samples }, () => random.integer(2)))

/** a, a xor b instead of a, b. */
const xor = [0, 1, 3, 2]
const same = [0, 1, 2, 3]
const named = (outcomes: readonly number[]): Int32Array[] => [
  labels[0]!,
  labels[1]!.map((b, d) => outcomes[2 * labels[0]![d]! + b]! & 1),
]

/** A training that calls its nodes as `first` does, and says what that and the other reading cost. */
function replicateOf(first: readonly number[], cost: number, otherCost: number): LabelledReplicate {
  const own = named(first)
  // xor is its own inverse: from either reading it leads to the other.
  const readings: Renaming[] = [
    { outcomes: same, cost },
    { outcomes: xor, cost: otherCost },
  ]
  return { labels: own, counts: countLabels(own, categories), readings, leftOut: [] }
}

function runOf(rivalCost: number, replicates: readonly LabelledReplicate[]): LabelledRun {
  const rival = named(xor)
  return {
    graph: { nodes: [], edges: [] },
    labels,
    counts: countLabels(labels, categories),
    residual: 0.5,
    rivals: [{ labels: rival, counts: countLabels(rival, categories), categories: [], outcomes: xor, cost: rivalCost }],
    surest: [],
    replicates,
    known: [null, null],
    planned: replicates.length,
    elsewhere: [],
    incomplete: 0,
    rebuilt: [],
    divided: [],
    seed: 1,
  }
}

const open = (run: LabelledRun): number => poolReadings(run).rivals.length

describe('readings of all trainings together', () => {
  it('are told apart by the training alone where there is no other', () => {
    expect(open(runOf(0.504, []))).toBe(1)
    expect(open(runOf(0.506, []))).toBe(0)
  })

  it('are told apart where all others prefer the one that the training hardly prefers', () => {
    const others = [1, 2, 3, 4].map((r) => replicateOf(same, 0.5, 0.53 + 0.005 * r))
    expect(open(runOf(0.502, others))).toBe(0)
  })

  it('stay open where the others disagree, however clear the training is', () => {
    const others = [replicateOf(same, 0.5, 0.55), replicateOf(xor, 0.5, 0.56), replicateOf(xor, 0.5, 0.57)]
    expect(open(runOf(0.54, others))).toBe(1)
  })

  it('stay open where the others prefer the rival', () => {
    const others = [1, 2, 3, 4].map(() => replicateOf(xor, 0.5, 0.56))
    expect(open(runOf(0.52, others))).toBe(1)
  })

  it('count a reading that a training does not keep as no better than the last that it keeps', () => {
    const { readings, ...rest } = replicateOf(same, 0.5, 0.6)
    const far = { ...rest, readings: [readings[0]!, { outcomes: [3, 1, 2, 0], cost: 0.54 }] }
    expect(open(runOf(0.504, [far, far, far]))).toBe(0)
  })

  it('lend a replicate the names under which it is most like the run, where these fit it nearly as well', () => {
    const { replicates } = poolReadings(runOf(0.53, [replicateOf(xor, 0.5, 0.52), replicateOf(xor, 0.5, 0.6)]))
    expect(replicates[0]!.labels.map((node) => Array.from(node))).toEqual(labels.map((node) => Array.from(node)))
    expect(Array.from(replicates[0]!.counts.values)).toEqual(Array.from(countLabels(labels, categories).values))
    expect(replicates[1]!.labels[1]).toEqual(named(xor)[1])
  })
})
