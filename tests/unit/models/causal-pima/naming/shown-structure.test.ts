import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalOrder } from '../../../../../src-main/models/causal-pima/naming/assignment-symmetry.ts'
import { namingsByShown } from '../../../../../src-main/models/causal-pima/naming/shown-structure.ts'
import { categoryOf, countOutcomes, outcomeTable } from '../../../../../src-main/models/causal-pima/outcomes.ts'

/** Clusters of the samples by some nodes, numbered in any order; a sample an outcome. */
function shownBy(outcomes: readonly number[], categories: readonly number[], nodes: readonly number[], shift: number) {
  const clusters = nodes.reduce((product, node) => product * categories[node]!, 1)
  const labels = Int32Array.from(outcomes, (outcome) => {
    const code = nodes.reduce((at, node) => at * categories[node]! + categoryOf(categories, outcome, node), 0)
    return (code + shift) % clusters
  })
  return { clusters, labels }
}

/** Samples of every outcome, whose component is drawn by a permutation: memberships [n, C] and each sample's outcome. */
function samplesOf(categories: readonly number[], components: readonly number[]) {
  const count = countOutcomes(categories)
  const outcomes = Array.from({ length: 4 * count }, (_, i) => i % count)
  const memberships = new Float64Array(outcomes.length * count)
  outcomes.forEach((outcome, i) => (memberships[i * count + components[outcome]!] = 1))
  return { outcomes, memberships }
}

describe('names by what modalities show', () => {
  it('rest on those that show some of the nodes, beside one that tells every outcome apart', () => {
    const categories = [2, 2, 2]
    const components = [3, 6, 0, 7, 1, 4, 2, 5]
    const { outcomes, memberships } = samplesOf(categories, components)
    const every = shownBy(outcomes, categories, [0, 1, 2], 0)
    const last = shownBy(outcomes, categories, [2], 1)
    const named = namingsByShown(memberships, categories, [every, last])
    expect(named).toEqual(namingsByShown(memberships, categories, [last]))
    expect(named.map((order) => order.join())).toContain(canonicalOrder(components, categories).join())
    expect(namingsByShown(memberships, categories, [every])).toEqual([])
  })

  it.each([
    ['each a node of its own', [2, 3], [[0], [1]]],
    ['two nodes and one', [2, 2, 2], [[0, 1], [2]]],
    [
      'two each, one of them shared',
      [2, 2, 2],
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'two pairs',
      [2, 2, 2, 2],
      [
        [0, 1],
        [2, 3],
      ],
    ],
  ])('hold the truth among few others: %s', (_, categories, nodes) => {
    const count = countOutcomes(categories)
    const permutation = fc.shuffledSubarray(
      Array.from({ length: count }, (_each, a) => a),
      { minLength: count },
    )
    fc.assert(
      fc.property(permutation, fc.nat(5), (components, shift) => {
        const { outcomes, memberships } = samplesOf(categories, components)
        const shown = nodes.map((each) => shownBy(outcomes, categories, each, shift))
        const namings = namingsByShown(memberships, categories, shown)
        expect(namings.map((order) => order.join())).toContain(canonicalOrder(components, categories).join())
        expect(namings.length).toBeLessThan(20)
        // Each is made of whole nodes: the modality's clusters are the configurations of some of them.
        const table = outcomeTable(categories)
        for (const order of namings)
          for (const { clusters, labels } of shown) {
            const clusterOf = order.map((component) => labels[outcomes.findIndex((o) => components[o] === component)]!)
            const whole = Array.from({ length: 2 ** categories.length }, (_each, set) => set).some((set) => {
              const keys = table.map((row) => row.filter((_k, node) => (set >> node) & 1).join())
              return (
                new Set(keys).size === clusters &&
                new Set(keys.map((key, a) => `${key}/${clusterOf[a]!}`)).size === clusters
              )
            })
            expect(whole).toBe(true)
          }
      }),
      { numRuns: 10 },
    )
  })

  it('give nodes that no modality shows in every way', () => {
    const categories = [2, 2, 2]
    const components = [3, 0, 6, 1, 7, 2, 5, 4]
    const { outcomes, memberships } = samplesOf(categories, components)
    const shown = [shownBy(outcomes, categories, [0], 0), shownBy(outcomes, categories, [2], 1)]
    const namings = namingsByShown(memberships, categories, shown)
    expect(namings.map((order) => order.join())).toContain(canonicalOrder(components, categories).join())
    // Two components in each of four clusters: which of them share a category of the third node, up to its names.
    expect(namings).toHaveLength(8)
  })

  it('are none where a component lies across a modality’s clusters', () => {
    const { outcomes, memberships } = samplesOf([2, 2], [0, 1, 2, 3])
    const shown = [
      shownBy(outcomes, [2, 2], [0], 0),
      { clusters: 2, labels: Int32Array.from(outcomes, (_, i) => (i % 3) % 2) },
    ]
    expect(namingsByShown(memberships, [2, 2], shown)).toEqual([])
  })

  it('leave components without samples to the outcomes that are left', () => {
    const categories = [2, 2]
    const outcomes = [0, 0, 1, 1, 2, 2]
    const memberships = new Float64Array(outcomes.length * 4)
    outcomes.forEach((outcome, i) => (memberships[i * 4 + outcome] = 1))
    const shown = [shownBy(outcomes, categories, [0], 0), shownBy(outcomes, categories, [1], 1)]
    expect(namingsByShown(memberships, categories, shown).map((order) => order.toSorted())).toEqual([[0, 1, 2, 3]])
  })
})
