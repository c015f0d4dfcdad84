/**
 * Runs `work` on every item, at most `limit` at a time, and resolves when all are done. After a failure no further item
 * is begun, and the first error is thrown once the items under way have ended.
 */
export async function concurrently<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
  limit = 16,
): Promise<void> {
  let next = 0
  let broken = false
  const lane = async (): Promise<void> => {
    while (next < items.length && !broken) {
      const index = next++
      try {
        await work(items[index]!, index)
      } catch (error) {
        broken = true
        throw error
      }
    }
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, lane))
  const failure = lanes.find((l) => l.status === 'rejected')
  if (failure !== undefined) throw failure.reason
}
