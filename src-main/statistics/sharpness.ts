/**
 * How much of what clusters could say of the samples they do say: 1 - mean entropy of a sample's memberships over the entropy
 * of the shares; 0 where there is one cluster. Pieces of a continuum touch, whatever their gap.
 * @param memberships [n, clusters]; a row need not sum to 1
 */
export function sharpnessOf(memberships: Float64Array, clusters: number): number {
  const shares = new Float64Array(clusters)
  const n = memberships.length / clusters
  let within = 0
  memberships.forEach((m, at) => {
    shares[at % clusters]! += m / n
    if (m > 0) within -= (m * Math.log(m)) / n
  })
  const among = shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0)
  return among > 0 ? 1 - within / among : 0
}
