import { expect, it } from 'vitest'
import { drownedWords } from '../../../../src-main/models/causal-pima/modality-fit.ts'
import type { ModalityFit } from '../../../../src-shared/methods/causal-pima/result.ts'

const fit = (modality: string, error: number, errorAlone: number | null): ModalityFit => ({
  modality,
  likelihoodWeight: 1,
  error,
  errorAlone,
  agreement: [1, 0.2],
})

it('names each modality that the others drown, and no other', () => {
  const words = drownedWords([fit('images', 0.02, 0.018), fit('curves', 0.2, 0.01), fit('spectra', 0.4, null)])
  expect(words).toHaveLength(1)
  expect(words[0]).toMatch(/rebuilds curves 20\.0 times worse than a model of curves alone/)
})
