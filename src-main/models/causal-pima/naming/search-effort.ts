/** What the search for names may cost, so that many joint outcomes do not take hours (causal-pima.md section 5.3). */

/** Roughly how many additions a whole search may cost: some seconds. */
export const wholeSearch = 4e9
/** One addition of a search, s on one core: 17 s for a whole search over 64 outcomes of two modalities. */
const secondsPerAddition = 4.3e-9
/** From so many outcomes on, a search ends by its limit and not because its runs agree: 21 s at 32, 5 s at 27. */
const manyOutcomes = 32
/** Restarts and annealing runs until they agree, in tries of every pair. */
const passesToAgree = 1600

/** How much of a whole search each reading of the mixture gets: the one that is taken is searched whole afterwards. */
export function effortOfReading(outcomes: number): number {
  return outcomes < manyOutcomes ? 1 : 1 / 8
}

/** Seconds that naming the components of so many readings takes on one core, about. */
export function namingSeconds(categories: readonly number[], modalities: number, readings: number): number {
  const outcomes = categories.reduce((product, k) => product * k, 1)
  if (outcomes <= 8 || modalities === 0) return 0
  const criteria = 3 * modalities
  const candidate = criteria * (2 * outcomes * categories.length + categories.length ** 3)
  const search = Math.min(wholeSearch * effortOfReading(outcomes), passesToAgree * outcomes ** 2 * candidate)
  const taken = effortOfReading(outcomes) < 1 ? wholeSearch : 0
  return (readings * search + taken) * secondsPerAddition
}
