/** Special functions of statistics in float64: the logarithm of the gamma function and the chi-squared distributions. */

/** B_2k / (2k (2k - 1)) of Stirling's series. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
const stirlingFrom = 12

/** ln Gamma(x) for x > 0, relative error below 1e-13: Stirling's series after shifting the argument up. */
export function logGamma(x: number): number {
  let shift = 1
  let y = x
  while (y < stirlingFrom) {
    shift *= y
    y += 1
  }
  let series = 0
  for (let k = stirling.length - 1; k >= 0; k--) series = series / (y * y) + stirling[k]!
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series / y - Math.log(shift)
}

/** Regularised upper incomplete gamma function Q(a, x), a > 0: series below a + 1, Lentz's continued fraction above. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    return Math.max(0, 1 - front * sum)
  }
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let k = 1; k < 10_000; k++) {
    const numerator = -k * (k - a)
    b += 2
    d = 1 / orTiny(numerator * d + b, tiny)
    c = orTiny(b + numerator / c, tiny)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return front * fraction
}

function orTiny(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** P(X > x) for X ~ chi-squared with `freedom` degrees of freedom. */
export function chiSquaredTail(x: number, freedom: number): number {
  return upperGamma(freedom / 2, x / 2)
}

/** The x that chi-squared exceeds with probability `tail`. */
export function chiSquaredQuantile(tail: number, freedom: number): number {
  return increasing((x) => -chiSquaredTail(x, freedom), -tail)
}

/** P(X > x) for noncentral chi-squared: a Poisson(noncentrality / 2) mixture of central ones, summed from its mode outwards. */
export function noncentralChiSquaredTail(x: number, freedom: number, noncentrality: number): number {
  const mean = noncentrality / 2
  if (mean === 0) return chiSquaredTail(x, freedom)
  const weight = (k: number): number => Math.exp(k * Math.log(mean) - mean - logGamma(k + 1))
  const mode = Math.floor(mean)
  let sum = 0
  for (let k = mode; k >= 0; k--) {
    const w = weight(k)
    sum += w * chiSquaredTail(x, freedom + 2 * k)
    if (w < 1e-17) break
  }
  for (let k = mode + 1; ; k++) {
    const w = weight(k)
    sum += w * chiSquaredTail(x, freedom + 2 * k)
    if (w < 1e-17) return Math.min(1, sum)
  }
}

/** The noncentrality that a chi-squared test of size `alpha` finds with probability `power`. */
export function detectableNoncentrality(freedom: number, alpha: number, power: number): number {
  const critical = chiSquaredQuantile(alpha, freedom)
  return increasing((noncentrality) => noncentralChiSquaredTail(critical, freedom, noncentrality), power)
}

/** Where an increasing function of x >= 0 takes `value`: doubling, then bisection to the last bits. */
function increasing(f: (x: number) => number, value: number): number {
  let high = 1
  while (f(high) < value && high < 1e12) high *= 2
  let low = 0
  for (let k = 0; k < 100 && high - low > 1e-13 * high; k++) {
    const middle = (low + high) / 2
    if (f(middle) < value) low = middle
    else high = middle
  }
  return (low + high) / 2
}
