/** What of the label is told where only some of the modalities may be seen. */
import type { CausalCompleteBody } from '../../../src-shared/methods/causal-complete/result.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import type { CausalCompleteModel } from './model.ts'
import { readOutputs } from './outputs.ts'
import { hitsOf } from './told.ts'
import type { TrainingData } from './training-data.ts'

/** Up to so many modalities every set of them is looked at; above, each alone and all but one. */
const mostForAll = 5

/** Sets of modalities, the largest first. */
function setsOf(count: number): boolean[][] {
  const all = Array.from({ length: 2 ** count - 1 }, (_, i) => Array.from({ length: count }, (__, m) => ((i + 1) >> m) % 2 === 1)) // prettier-ignore
  const size = (set: readonly boolean[]): number => set.reduce((sum, has) => sum + Number(has), 0)
  const wanted = count <= mostForAll ? all : all.filter((set) => [1, count - 1, count].includes(size(set)))
  return wanted.sort((a, b) => size(b) - size(a))
}

export async function subsetAccuracies(
  model: CausalCompleteModel,
  data: TrainingData,
  rows: Int32Array,
): Promise<CausalCompleteBody['subsets']> {
  const found: CausalCompleteBody['subsets'] = []
  for (const seen of setsOf(data.modalities.length)) {
    const having = rows.filter((row) => seen.some((may, m) => may && data.rowsWith(m, Int32Array.of(row)).length > 0))
    const { logits } = await readOutputs(model, data, having, seen)
    const labels = Int32Array.from(having, (row) => data.labels.values[row]!)
    const hits = hitsOf(likeliest(logits, data.classes), labels)
    found.push({
      modalities: data.modalities.flatMap(({ name }, m) => (seen[m] ? [name] : [])),
      accuracy: having.length === 0 ? null : hits / having.length,
      samples: having.length,
    })
  }
  return found
}
