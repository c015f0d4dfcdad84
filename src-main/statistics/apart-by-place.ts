/**
 * Whether groups of samples lie in places of their own. Groups that differ by how they spread alone do not: oscillations of
 * two pitches, begun anywhere, are two rings about one centre.
 */
import { centred, columnMeans, columnUnits, inUnits, type RealMatrix } from './linear-algebra/real-matrix.ts'
import type { ViewDivision } from './view-division.ts'

/** Share of the samples that are nearest to the mean of their own group where groups are said to have places. */
const nearestToOwn = 0.9

/** @param coordinates uncorrelated, as principal ones are; each counts by its spread: [n, width] */
export function apartByPlace(coordinates: RealMatrix, { clusters, labels }: ViewDivision): boolean {
  const { values, columns: width } = inUnits(centred(coordinates, columnMeans(coordinates)), columnUnits(coordinates))
  const means = new Float64Array(clusters * width)
  const counts = new Float64Array(clusters)
  labels.forEach((label, i) => {
    if (label < 0) return
    counts[label]! += 1
    for (let j = 0; j < width; j++) means[label * width + j]! += values[i * width + j]!
  })
  for (let at = 0; at < means.length; at++) means[at]! /= Math.max(1, counts[Math.floor(at / width)]!)
  const squared = (i: number, group: number): number => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += (values[i * width + j]! - means[group * width + j]!) ** 2
    return sum
  }
  const seen = Array.from(labels.keys()).filter((i) => labels[i]! >= 0)
  const own = seen.filter((i) => {
    const distance = squared(i, labels[i]!)
    return Array.from(counts).every((count, group) => count === 0 || distance <= squared(i, group))
  })
  return own.length >= nearestToOwn * seen.length
}
