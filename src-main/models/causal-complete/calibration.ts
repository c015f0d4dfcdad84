/** Probabilities that mean what they say: one temperature for all logits (Guo et al. 2017). */

/** Fewer samples say nothing of how sure the classifier may be. */
const fewestSamples = 20
const lowest = Math.log(0.05)
const highest = Math.log(20)
const golden = (Math.sqrt(5) - 1) / 2

/** softmax(logits / T) of each row, [rows, C]. */
export function probabilitiesOf(logits: Float32Array, classes: number, temperature: number): Float32Array {
  const out = new Float32Array(logits.length)
  for (let from = 0; from < logits.length; from += classes) {
    const row = logits.subarray(from, from + classes)
    const top = Math.max(...row)
    const weights = Array.from(row, (logit) => Math.exp((logit - top) / temperature))
    const sum = weights.reduce((a, b) => a + b, 0)
    weights.forEach((weight, c) => (out[from + c] = weight / sum))
  }
  return out
}

/** Mean -log p_y of labelled rows, nats. */
function crossEntropy(logits: Float32Array, labels: Int32Array, classes: number, temperature: number): number {
  let sum = 0
  labels.forEach((label, row) => {
    const values = logits.subarray(row * classes, (row + 1) * classes)
    const top = Math.max(...values)
    const total = values.reduce((a, logit) => a + Math.exp((logit - top) / temperature), 0)
    sum += Math.log(total) - (values[label]! - top) / temperature
  })
  return sum / labels.length
}

/** The temperature that makes the labels of samples that nothing was learnt from most likely; 1 where they are too few. */
export function temperatureOf(logits: Float32Array, labels: Int32Array, classes: number): number {
  if (labels.length < fewestSamples) return 1
  const at = (logarithm: number): number => crossEntropy(logits, labels, classes, Math.exp(logarithm))
  // The cross-entropy has one minimum in log T: golden section.
  let [low, high] = [lowest, highest]
  for (let round = 0; round < 40; round++) {
    const width = (high - low) * golden
    if (at(high - width) <= at(low + width)) high = low + width
    else low = high - width
  }
  return Math.exp((low + high) / 2)
}
