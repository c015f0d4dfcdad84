/** Methods that are named but cannot be trained yet. */
import type { MethodDefinition } from './method.ts'

export const causalComplete = {
  id: 'causal-complete',
  title: 'Causal complete cause',
  question: 'Which features are both necessary and sufficient for a known label?',
  needs: 'A label column with two or more classes.',
  settings: null,
  results: null,
} as const satisfies MethodDefinition
