import { describe, expect, it } from 'vitest'
import {
  type ComponentRun,
  judgeComponents,
  type ReplicatedTables,
} from '../../../../src-main/evidence/components/judge-components.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const samples = 600

/** Columns [C][n] as a table [n, C]. */
function table(columns: readonly Float64Array[]): Float32Array {
  const out = new Float32Array(samples * columns.length)
  columns.forEach((column, c) => column.forEach((value, row) => (out[row * columns.length + c] = value)))
  return out
}

const draw = (name: string): Float64Array => {
  const random = RandomStream.of(3, name)
  return Float64Array.from({ length: samples }, () => random.uniform() - 0.5)
}
const plus = (a: Float64Array, b: Float64Array, share: number): Float64Array => a.map((v, i) => v + share * b[i]!)
const scaled = (a: Float64Array, factor: number): Float64Array => a.map((v) => factor * v)

const [first, second] = [draw('first'), draw('second')]
/** Each modality tells the components with noise of its own. */
const seen = (own: readonly Float64Array[], name: string, noise = 0.2): Float32Array =>
  table(own.map((column, c) => plus(column, draw(`${name}/${c}`), noise)))

const leftOutOf = (r: number): number[] => {
  const order = RandomStream.of(r, 'left out').permutation(samples)
  return Array.from(order.slice(0, 200)).sort((a, b) => a - b)
}
const replicate = (r: number, own: readonly Float64Array[], noise?: number): ReplicatedTables => ({
  components: own.length,
  modalities: ['x', 't'].map((m) => seen(own, `replicate/${r}/${m}`, noise)),
  leftOut: leftOutOf(r),
})
const run = (own: readonly Float64Array[], replicates: readonly ReplicatedTables[]): ComponentRun => ({
  ...{ components: own.length, samples, planned: 4, seed: 1, replicates, upToRotation: false },
  modalities: ['x', 't'].map((m) => seen(own, m)),
})

describe('components judged by replicates', () => {
  it('are provisional before any', () => {
    const judged = judgeComponents(run([first, second], []))
    expect(judged).toMatchObject({ replicates: 0, planned: 4, mcc: null, space: null })
    expect(judged.components[0]).toEqual({ replicability: null, coupling: null, standing: 'provisional' })
  })

  it('are supported where they return, in whatever order and direction', () => {
    const turned = [scaled(second, -1), first]
    const judged = judgeComponents(
      run(
        [first, second],
        [1, 2, 3].map((r) => replicate(r, turned)),
      ),
    )
    expect(judged.components.map(({ standing }) => standing)).toEqual(['supported', 'supported'])
    const [low, high] = judged.components[0]!.replicability!.interval
    expect(low).toBeGreaterThan(0.9)
    expect(high).toBeLessThanOrEqual(1)
    expect(judged.mcc!.mean).toBeGreaterThan(0.95)
  })

  it('are none where they come back rotated, though all of them together return', () => {
    const halfway = [plus(first, second, 1), plus(first, second, -1)]
    const judged = judgeComponents(
      run(
        [first, second],
        [1, 2, 3].map((r) => replicate(r, halfway)),
      ),
    )
    expect(judged.components.map(({ standing }) => standing)).not.toContain('supported')
    expect(judged.space!.mean).toBeGreaterThan(0.85)
  })

  it('are supported on a sphere only where all return: one that stays while others turn is chance', () => {
    const [third, fourth] = [draw('third'), draw('fourth')]
    const own = [first, second, third, fourth]
    const turned = [first, plus(second, third, 1), plus(third, fourth, 1), plus(fourth, second, 1)]
    const judged = (upToRotation: boolean, again: readonly Float64Array[]): string[] => {
      const replicates = [1, 2, 3].map((r) => replicate(r, again))
      return judgeComponents({ ...run(own, replicates), upToRotation }).components.map(({ standing }) => standing)
    }
    expect(judged(false, turned)[0]).toBe('supported')
    expect(judged(true, turned)[0]).toBe('tentative')
    expect(judged(true, own)).toEqual(own.map(() => 'supported'))
  })

  it('of one modality alone are supported only where halves of the samples lay their axes alike', () => {
    const alone = ({ components, modalities }: Pick<ComponentRun, 'components' | 'modalities'>) => ({
      components,
      modalities: modalities.slice(0, 1),
    })
    const own = [first, second]
    const judged = judgeComponents({
      ...run(own, []),
      ...alone(run(own, [])),
      halves: [0.99, 0.8],
      replicates: [1, 2, 3].map((r) => ({ leftOut: leftOutOf(r), ...alone(replicate(r, own)) })),
    })
    expect(judged.components.map(({ standing }) => standing)).toEqual(['supported', 'tentative'])
    expect(judged.components[0]!.coupling).toBeNull()
  })

  it('are not supported where the modalities do not tell them alike', () => {
    const apart = (own: readonly Float64Array[], r: number): ReplicatedTables => {
      const { modalities, ...rest } = replicate(r, own)
      return { ...rest, modalities: [modalities[0]!, seen([draw('a'), draw('b')], `other/${r}`)] }
    }
    const whole = { ...run([first, second], []), modalities: apart([first, second], 0).modalities }
    const replicates = [1, 2, 3].map((r) => apart([first, second], r))
    const judged = judgeComponents({ ...whole, replicates })
    expect(judged.components[0]!.replicability!.mean).toBeGreaterThan(0.9)
    expect(judged.components.map(({ standing }) => standing)).toEqual(['unsupported', 'unsupported'])
  })

  it('are matched on samples that the replicate saw: noise agrees by chance alone', () => {
    const noise = (r: string): Float64Array[] => [draw(`${r}/1`), draw(`${r}/2`), draw(`${r}/3`)]
    const judged = judgeComponents(
      run(
        noise('run'),
        [1, 2, 3, 4].map((r) => replicate(r, noise(`noise ${r}`))),
      ),
    )
    // Mean |correlation| of 200 independent pairs is 0.056.
    expect(judged.mcc!.mean).toBeLessThan(0.1)
    expect(judged.components.every(({ standing }) => standing === 'unsupported')).toBe(true)
  })

  it('without a partner in a replicate do not return in it', () => {
    const judged = judgeComponents(run([first, second], [replicate(1, [first])]))
    expect(judged.components.map(({ standing }) => standing)).toEqual(['supported', 'unsupported'])
  })

  it('are compared on the samples that have both values', () => {
    const lacking = replicate(1, [first, second])
    lacking.modalities[1]!.fill(NaN, 0, samples)
    const judged = judgeComponents(run([first, second], [lacking]))
    expect(judged.components[0]!.standing).toBe('supported')
    expect(judged.components[0]!.replicability!.mean).toBeLessThan(1)
  })
})
