/** The three methods: what each answers, for whom. */
import type { RunView } from '../state/run-list.ts'

export type MethodName = RunView['method']

export interface MethodWords {
  readonly title: string
  readonly question: string
  readonly needs: string
}

export const methodWords: Readonly<Record<MethodName, MethodWords>> = {
  'causal-pima': {
    title: 'causalPIMA',
    question: 'Which hidden causes shape the measurements, and what drives what?',
    needs: 'Any mix of images, curves and vectors. Labels are optional.',
  },
  'partial-causal': {
    title: 'Partial causal model',
    question: 'What do two kinds of measurement share, apart from what is private to each?',
    needs: 'Two or more modalities of the same samples.',
  },
  'causal-complete': {
    title: 'Causal complete cause',
    question: 'Which features are both necessary and sufficient for a known label?',
    needs: 'A label column with two or more classes.',
  },
}
