/** The partial causal model in the list of methods (docs/partial-causal.md). */
import * as v from 'valibot'
import { smallerBatch } from '../../config/smaller-batch.ts'
import type { MethodDefinition } from '../method.ts'
import { learningRateOf, partialCausalConfig } from './config.ts'
import { findings } from './findings.ts'
import { contradictions, fitProblems } from './fit.ts'
import { facetsOfBody, partialCausalBody, type PartialCausalBody, scoreKind } from './result.ts'
import { phases, settingLabels, termNames } from './words.ts'

const own = (config: unknown) => v.parse(partialCausalConfig, config)

export const partialCausal = {
  id: 'partial-causal',
  title: 'Partial causal model',
  question: 'What do two kinds of measurement share, apart from what is private to each?',
  needs: 'Two or more modalities of the same samples.',
  settings: {
    config: partialCausalConfig,
    contradictions: (config) => contradictions(own(config)),
    looksForClusters: false,
    fitProblems: (config, dataset) => fitProblems(own(config), dataset),
    onShare: (config, share) => {
      const { training, ...rest } = own(config)
      return { ...rest, training: { ...training, batchSize: smallerBatch(training.batchSize, share) } }
    },
    summary: (config) => {
      const { latent, geometry, training } = own(config)
      const space = geometry === 'sphere' ? 'on a sphere' : 'in a box'
      return `${latent.size} shared latents ${space}; ${training.steps} steps at rate ${learningRateOf(own(config))}.`
    },
    labels: settingLabels,
  },
  results: {
    score: scoreKind,
    terms: termNames,
    phases,
    body: partialCausalBody,
    facets: ['representation', 'ranking', 'coupling'],
    facetsOf: (body) => facetsOfBody(body as PartialCausalBody),
    findings: (body, told) => findings(body as PartialCausalBody, told),
    cite: [
      'Liu, Zhang, Gong, Gong, Huang, van den Hengel, Zhang, Shi: <i>Beyond DAGs: A latent partial causal model for multimodal learning</i>, arXiv 2402.06223, ICLR 2026. (the method)',
      'Hyvärinen, Oja: <i>Independent component analysis: algorithms and applications</i>, Neural Networks 13, 2000. (FastICA)',
      'van den Oord, Li, Vinyals: <i>Representation learning with contrastive predictive coding</i>, arXiv 1807.03748. (the bound on shared information)',
    ],
  },
} as const satisfies MethodDefinition
