/** Methods that are named but cannot be trained yet. */
import type { MethodDefinition } from './method.ts'

export const partialCausal = {
  id: 'partial-causal',
  title: 'Partial causal model',
  question: 'What do two kinds of measurement share, apart from what is private to each?',
  needs: 'Two or more modalities of the same samples.',
  settings: null,
  results: null,
} as const satisfies MethodDefinition

export const causalComplete = {
  id: 'causal-complete',
  title: 'Causal complete cause',
  question: 'Which features are both necessary and sufficient for a known label?',
  needs: 'A label column with two or more classes.',
  settings: null,
  results: null,
} as const satisfies MethodDefinition
