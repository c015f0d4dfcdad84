import { describe, expect, it } from 'vitest'
import type { Candidate, Suggestion } from '../../../../src-shared/domain/suggestion.ts'
import { suggestionWords } from '../../../../src-shared/findings/suggestion-words.ts'

const candidate = (nodes: readonly number[], rest: Partial<Candidate>): Candidate => ({
  nodes,
  outcomes: nodes.reduce((product, k) => product * k, 1),
  logLikelihood: -1,
  agreement: 1,
  residual: null,
  nullP: null,
  structured: false,
  verdict: 'many',
  ...rest,
})

const none: Suggestion = {
  samples: 600,
  nodes: [],
  clusters: 1,
  views: [{ modalities: ['images'], clusters: 1 }],
  counts: [],
  candidates: [candidate([], { verdict: 'chosen' })],
  directions: [0.6, 0.4],
}

describe('a suggestion in words', () => {
  it('says what fits where there are no clusters', () => {
    const { headline, details } = suggestionWords(none)
    expect(headline).toMatch(/^No discrete cause is suggested/)
    expect(details).toEqual([
      'They vary along two directions without a gap (60 % and 40 % of the variance): continuous components fit, categories would cut them anywhere.',
    ])
    expect(suggestionWords({ ...none, directions: [] }).details[0]).toMatch(/nothing in them that varies/)
  })

  it('says where a mixture of more Gaussians fits better', () => {
    const figures = { agreement: 0.5, weakest: 0.2, sharpness: 0.9, apart: false }
    const counts = [
      { clusters: 1, logLikelihood: -3, ...figures },
      { clusters: 4, logLikelihood: -1.5, ...figures },
      { clusters: 9, logLikelihood: null, ...figures },
    ]
    expect(suggestionWords({ ...none, counts }).details[1]).toBe(
      'A mixture of 4 Gaussians makes held-out samples likelier by 1.5 nats each than one does, but its pieces touch or are others in other parts of the samples.',
    )
    const two = suggestionWords({
      ...none,
      clusters: 2,
      nodes: [2],
      counts: [{ clusters: 2, logLikelihood: -2, ...figures }, ...counts],
    })
    expect(two.details.at(-1)).toMatch(/^A mixture of 4 Gaussians .* by 0\.5 nats each: clusters may be finer/)
  })

  it('says what clusters it rests on, and what would do as well', () => {
    const { headline, details } = suggestionWords({
      ...none,
      nodes: [2, 2, 2],
      clusters: 7,
      views: [
        { modalities: ['images', 'curves'], clusters: 7 },
        { modalities: ['images'], clusters: 4 },
        { modalities: ['curves'], clusters: 1 },
      ],
      candidates: [
        candidate([2, 4], { verdict: 'possible' }),
        candidate([7], { verdict: 'possible' }),
        candidate([2, 2, 2], { verdict: 'chosen', structured: true }),
      ],
    })
    expect(headline).toBe('7 clusters stand apart: three nodes of 2 categories each are suggested.')
    expect(details).toEqual([
      'Clusters that stand apart and return in parts of the samples: 7 in all modalities together, 4 in images and none in curves; 7 when these are intersected.',
      'What modalities show by themselves are combinations of these nodes.',
      '2 × 4 fits as many clusters and could be meant instead: compare the decoded samples.',
      'One of the 8 outcomes would have no sample.',
    ])
  })

  it('does not split clusters into nodes that nothing speaks for', () => {
    const { headline, details } = suggestionWords({
      ...none,
      nodes: [10],
      clusters: 10,
      candidates: [candidate([10], { verdict: 'chosen' })],
    })
    expect(headline).toBe('10 clusters stand apart: one node of 10 categories is suggested.')
    expect(details[1]).toBe('Nothing shows that these clusters are combinations of several nodes.')
  })
})
