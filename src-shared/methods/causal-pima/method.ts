/** causalPIMA in the list of methods (docs/causal-pima.md). */
import * as v from 'valibot'
import type { MethodDefinition } from '../method.ts'
import { causalPimaConfigSchema } from './config.ts'
import { contradictions } from './contradictions.ts'
import { fitProblems } from './fit.ts'
import { nodesText, withShortForms } from './nodes.ts'
import { settingLabels } from './words.ts'

const own = (config: unknown) => v.parse(causalPimaConfigSchema, config)

export const causalPima = {
  id: 'causal-pima',
  title: 'causalPIMA',
  question: 'Which hidden causes shape the measurements, and what drives what?',
  needs: 'Any mix of images, curves and vectors. Labels are optional.',
  settings: {
    config: causalPimaConfigSchema,
    contradictions: (config) => contradictions(own(config)),
    fitProblems: (config, dataset) => fitProblems(own(config), dataset),
    withShortForms,
    summary: (config) => nodesText(own(config).nodes),
    labels: settingLabels,
  },
} as const satisfies MethodDefinition
