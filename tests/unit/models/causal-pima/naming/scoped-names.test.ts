import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesShown, inScopes } from '../../../../../src-main/models/causal-pima/naming/scoped-names.ts'

const categories = [2, 3, 2]
const components = 12
const axis = (outcome: number, node: number): number =>
  node === 0 ? Math.floor(outcome / 6) : node === 1 ? Math.floor(outcome / 2) % 3 : outcome % 2

/** Squared distances of components that differ in this modality by these nodes alone. */
function shows(order: readonly number[], nodes: readonly number[]): Float64Array {
  const distances = new Float64Array(components * components)
  for (let a = 0; a < components; a++)
    for (let b = 0; b < components; b++)
      distances[order[a]! * components + order[b]!] = nodes.filter((node) => axis(a, node) !== axis(b, node)).length
  return distances
}

describe('nodes that act on some modalities alone', () => {
  it('take the places that show in these, whatever the names were before', () => {
    const anyOrder = fc.shuffledSubarray(
      Array.from({ length: components }, (_, a) => a),
      { minLength: components, maxLength: components },
    )
    fc.assert(
      fc.property(anyOrder, fc.boolean(), (order, first) => {
        // The image shows node 0, the curve nodes 1 and 2.
        const distances = [shows(order, [0]), shows(order, [1, 2])]
        const placed = inScopes(order, categories, distances, [{ node: first ? 0 : 2, modalities: [0] }])
        const [image, curve] = distances.map((one) => changesShown(one, placed, categories))
        const [image0, curve0] = first ? [1, 0] : [0, 0.5]
        expect(image![0]).toBeCloseTo(image0)
        expect(curve![0]! > 0).toBe(curve0 > 0)
        expect([...placed].sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b))
      }),
    )
  })

  it('keep their place where labels gave it', () => {
    const order = Array.from({ length: components }, (_, a) => a)
    const distances = [shows(order, [0]), shows(order, [1, 2])]
    expect(inScopes(order, categories, distances, [{ node: 2, modalities: [0] }], [0])).toEqual(order)
  })
})
