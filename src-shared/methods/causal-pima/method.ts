/** causalPIMA in the list of methods (docs/causal-pima.md). */
import * as v from 'valibot'
import { findings } from './findings/findings.ts'
import type { MethodDefinition } from '../method.ts'
import { causalPimaConfigSchema } from './config.ts'
import { contradictions } from './contradictions.ts'
import { doubts } from './doubts.ts'
import { fitProblems } from './fit.ts'
import { nodesText, withShortForms } from './nodes.ts'
import { type CausalPimaBody, causalPimaBody, facetsOfBody, scoreKind } from './result.ts'
import { phases, settingLabels, termNames } from './words.ts'
import { onShare } from './on-share.ts'

const own = (config: unknown) => v.parse(causalPimaConfigSchema, config)

export const causalPima = {
  id: 'causal-pima',
  title: 'causalPIMA',
  question: 'Which hidden causes shape the measurements, and what drives what?',
  needs: 'Any mix of images, curves and vectors. Labels are optional.',
  settings: {
    config: causalPimaConfigSchema,
    contradictions: (config) => contradictions(own(config)),
    looksForClusters: true,
    fitProblems: (config, dataset) => fitProblems(own(config), dataset),
    doubts: (config) => doubts(own(config)),
    withShortForms,
    onShare: (config, share) => onShare(own(config), share),
    summary: (config) => nodesText(own(config).nodes),
    labels: settingLabels,
  },
  results: {
    score: scoreKind,
    keepsBest: true,
    goesOn: true,
    terms: termNames,
    phases,
    body: causalPimaBody,
    facets: ['graph', 'clusters', 'representation'],
    facetsOf: (body) => facetsOfBody(body as CausalPimaBody),
    withGraph: (body, graph): CausalPimaBody => ({ ...(body as CausalPimaBody), graph }),
    findings: (body, { judgement, names, warnings }) => {
      if (judgement === null) throw new RangeError('a causalPIMA result is judged before it is told')
      return findings({ ...(body as CausalPimaBody), warnings }, judgement, names)
    },
    cite: [
      'Walker, Actor, Martinez, Trask: <i>Causal disentanglement of multimodal data</i>, arXiv 2310.18471; Frontiers in Mechanical Engineering 2024, doi 10.3389/fmech.2024.1408649. (causalPIMA)',
      'Trask, Martinez, Lee, Boyce: <i>Unsupervised physics-informed disentanglement of multimodal data for high-throughput scientific discovery</i>, arXiv 2202.03242. (PIMA)',
      'Jiang, Zheng, Tan, Tang, Zhou: <i>Variational deep embedding</i>, IJCAI 2017, arXiv 1611.05148. (the mixture prior)',
    ],
  },
} as const satisfies MethodDefinition
