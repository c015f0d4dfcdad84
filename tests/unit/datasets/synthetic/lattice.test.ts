import { describe, expect, it } from 'vitest'
import {
  cellSize,
  distanceToStrut,
  renderLattice,
  responseOf,
  stressAt,
  topologies,
} from '../../../../src-main/datasets/synthetic/lattice.ts'
import { makeSynthetic } from '../../../../src-main/datasets/synthetic/registry.ts'

const share = (image: Uint8Array): number => image.reduce((total, value) => total + value, 0) / 255 / image.length

describe('lattice', () => {
  it.each(topologies)('%s repeats with its unit cell and grows brighter with its struts', (topology) => {
    for (const [x, y] of [
      [1.3, 2.7],
      [5, 9.1],
    ] as const)
      expect(distanceToStrut(topology, x + cellSize, y - cellSize)).toBeCloseTo(distanceToStrut(topology, x, y), 9)
    const at = (thickness: number): number => share(renderLattice({ topology, thickness, offset: [0, 0] }))
    expect(at(1.4)).toBeLessThan(at(2))
    expect(at(2)).toBeLessThan(at(2.8))
  })

  it('places octet struts on the edges and diagonals of a cell', () => {
    for (const [x, y] of [
      [0, 5],
      [5, 0],
      [3, 3],
      [10, 4],
    ] as const)
      expect(distanceToStrut('octet', x, y)).toBeCloseTo(0, 12)
    expect(distanceToStrut('octet', 7, 3.5)).toBeCloseTo(3.5 / Math.SQRT2, 12)
  })

  it('joins the elastic and the plastic line at the yield strain; the octet softens, the gyroid hardens', () => {
    for (const topology of topologies) {
      const response = responseOf(topology, 2)
      const yieldStress = response.stiffness * response.yieldStrain
      expect(stressAt(response, response.yieldStrain)).toBeCloseTo(yieldStress, 9)
      expect(stressAt(response, response.yieldStrain / 2)).toBeCloseTo(yieldStress / 2, 9)
      expect(stressAt(response, 0.4) > yieldStress).toBe(topology === 'gyroid')
    }
  })

  it('doubles the stiffness of octet and quadruples that of gyroid with twice the density', () => {
    expect(responseOf('octet', 2.8).stiffness / responseOf('octet', 1.4).stiffness).toBeCloseTo(2, 9)
    expect(responseOf('gyroid', 2.8).stiffness / responseOf('gyroid', 1.4).stiffness).toBeCloseTo(4, 9)
  })

  it('records the thickness, which shows in image and curve of the same sample', async () => {
    const set = await makeSynthetic('lattice', { samples: 400, seed: 2, noise: 0 })
    const [thickness] = set.latents
    expect(thickness?.name).toBe('thickness')
    const points = set.curves!.grid.length
    set.ids.forEach((_, i) => {
      const t = thickness!.values[i]!
      expect(t).toBeGreaterThanOrEqual(1.4)
      expect(t).toBeLessThanOrEqual(2.8)
      const response = responseOf(topologies[set.factors[i]!]!, t)
      expect(set.curves!.values[i * points + 3]).toBeCloseTo(response.stiffness * 0.03, 4)
    })
    // Both topologies as likely: 200 of 400, within four standard errors.
    expect(Math.abs(set.factors.reduce((a, b) => a + b) - 200)).toBeLessThan(40)
  })
})
