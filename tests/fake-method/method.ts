/** A method as small as one can be: k centres, moved to the mean of their samples epoch by epoch. It has no graph. */
import * as v from 'valibot'
import type { Clusters } from '../../src-shared/methods/facets.ts'
import type { MethodDefinition } from '../../src-shared/methods/method.ts'

export const centresConfig = v.strictObject({
  modalities: v.optional(v.array(v.string()), []),
  centres: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2)), 2),
  epochs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 3),
})

/** Names of the per-sample arrays. */
export const arrays = { shares: 'shares', position: 'position', spread: 'spread', error: 'error' } as const

export interface CentresBody {
  readonly components: Clusters['components']
  readonly modalities: readonly string[]
  /** Share of each modality's variance that lies between the centres. */
  readonly explained: readonly { readonly name: string; readonly value: number }[]
}

const own = (config: unknown) => v.parse(centresConfig, config)

export const centres = {
  id: 'centres',
  title: 'Moving centres',
  question: 'Which samples are alike?',
  needs: 'One modality or more.',
  settings: {
    config: centresConfig,
    looksForClusters: false,
    contradictions: () => [],
    fitProblems: (config, { samples }) =>
      samples >= own(config).centres
        ? []
        : [{ field: 'centres', message: `${samples} samples are too few.`, hint: 'Use fewer centres.' }],
    summary: (config) => `Centres: ${own(config).centres}.`,
    labels: { centres: 'Centres', epochs: 'Rounds' },
  },
  results: {
    score: { name: 'Distance', unit: 'units', better: 'lower' },
    terms: {},
    phases: { moving: { doing: 'Moving the centres', begins: null, figures: ['moved'] } },
    body: v.object({
      components: v.array(
        v.object({
          outcome: v.number(),
          categories: v.array(v.number()),
          weight: v.number(),
          mean: v.array(v.number()),
          variance: v.array(v.number()),
          nearest: v.array(v.string()),
        }),
      ),
      modalities: v.array(v.string()),
      explained: v.array(v.object({ name: v.string(), value: v.number() })),
    }) satisfies v.GenericSchema<unknown, CentresBody>,
    facets: ['clusters', 'representation', 'ranking'],
    facetsOf: (body) => {
      const { components, modalities, explained } = body as CentresBody
      return {
        graph: null,
        clusters: { components, decoded: [], assignment: null, responsibilities: arrays.shares },
        representation: { mean: arrays.position, sd: arrays.spread, error: arrays.error, modalities, outputs: [] },
        ranking: { title: 'What tells the clusters apart', measure: 'share explained', entries: explained },
        coupling: null,
        prediction: null,
      }
    },
    findings: (body) => ({
      headline: `The samples fall into ${(body as CentresBody).components.length} clusters.`,
      details: [],
      notes: [],
      provisional: false,
    }),
    cite: [],
  },
} as const satisfies MethodDefinition
