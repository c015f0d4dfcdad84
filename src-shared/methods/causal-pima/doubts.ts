/** Settings that may be tried but hardly ever work: asked about before hours go into them. */
import type { CausalPimaConfig } from './config.ts'

const usual = 1e-3
/** Adam moves every weight by about its rate a step: from here on a few steps undo what was learnt. */
const highest = 0.03

export function doubts({ training: { learningRate } }: CausalPimaConfig): string[] {
  if (learningRate <= highest) return []
  const times = Math.round(learningRate / usual)
  return [
    `A learning rate of ${learningRate} is ${times} times the usual ${usual}: networks of this kind do not settle with it, and the result is noise. Use ${highest} at most.`,
  ]
}
