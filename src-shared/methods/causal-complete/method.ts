/** The causal complete cause in the list of methods (docs/causal-complete.md). */
import * as v from 'valibot'
import type { MethodDefinition } from '../method.ts'
import { causalCompleteConfig, effectiveWeights } from './config.ts'
import { findings } from './findings.ts'
import { contradictions, fitProblems, withShortForms } from './fit.ts'
import { causalCompleteBody, type CausalCompleteBody, facetsOfBody, scoreKind } from './result.ts'
import { phases, settingLabels, termNames } from './words.ts'

const own = (config: unknown) => v.parse(causalCompleteConfig, config)

export const causalComplete = {
  id: 'causal-complete',
  title: 'Causal complete cause',
  question: 'Which features are both necessary and sufficient for a known label?',
  needs: 'A label column with two or more classes.',
  settings: {
    config: causalCompleteConfig,
    contradictions: (config) => contradictions(own(config)),
    looksForClusters: false,
    fitProblems: (config, dataset) => fitProblems(own(config), dataset),
    withShortForms: (config, forms) => withShortForms(config, forms),
    summary: (config) => {
      const { label, training } = own(config)
      const { necessity, instrument, feasibility } = effectiveWeights(own(config))
      const base = training.base ? ', the base before it' : ''
      return `Label ${label}; weights of necessity ${necessity}, instrument ${instrument}, feasibility ${feasibility}; ${training.epochs} epochs${base}.`
    },
    labels: settingLabels,
  },
  results: {
    score: scoreKind,
    terms: termNames,
    phases,
    body: causalCompleteBody,
    facets: ['representation', 'ranking', 'prediction'],
    facetsOf: (body) => facetsOfBody(body as CausalCompleteBody),
    findings: (body, { warnings }) => findings(body as CausalCompleteBody, warnings),
    cite: [
      'Wang et al.: <i>Towards the causal complete cause of multi-modal representation learning</i>, arXiv 2407.14058. (the method)',
      'Guo, Pleiss, Sun, Weinberger: <i>On calibration of modern neural networks</i>, ICML 2017. (temperature of the probabilities)',
      'Moosavi-Dezfooli, Fawzi, Frossard: <i>DeepFool: a simple and accurate method to fool deep neural networks</i>, CVPR 2016. (smallest change of fragile samples)',
      'Agresti, Min: <i>Simple improved confidence intervals for comparing matched proportions</i>, Statistics in Medicine 24, 2005. (difference to the base)',
    ],
  },
} as const satisfies MethodDefinition
