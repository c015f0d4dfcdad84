import { expect, it } from 'vitest'
import { modalityFindings } from '../../../../../../src-shared/methods/causal-pima/findings/modality-findings.ts'
import type { ModalityFit } from '../../../../../../src-shared/methods/causal-pima/result.ts'

const fit = (
  modality: string,
  agreement: (number | null)[],
  error = 1,
  errorAlone: number | null = 1,
): ModalityFit => ({
  modality,
  likelihoodWeight: 1,
  error,
  errorAlone,
  agreement,
})
const texts = (nodes: string[], fits: ModalityFit[]): string[] => modalityFindings(nodes, fits).map(({ text }) => text)

it('says of each node which modalities tell it, partly or not', () => {
  expect(texts(['Heat', 'load', 'pH'], [fit('images', [0.98, 0.3, null]), fit('curves', [0.02, 0.91, null])])).toEqual([
    'Error of what is rebuilt, beside a model of that modality alone: images 1.00 times and curves 1.00 times.',
    'Heat shows in images (0.98), not in curves (0.02).',
    'Load shows in curves (0.91), partly in images (0.30).',
  ])
  expect(texts(['Heat'], [])).toEqual([])
})

it('warns of each modality that the others drown, and of no other', () => {
  const fits = [fit('images', [], 0.02, 0.018), fit('curves', [], 0.2, 0.01), fit('spectra', [], 0.4, null)]
  const found = modalityFindings(['Heat'], fits)
  expect(found.map(({ severity }) => severity)).toEqual(['warning', 'info'])
  expect(found[0]?.text).toMatch(/rebuilds curves 20\.0 times worse than a model of curves alone/)
  expect(found[1]?.text).toBe('Error of what is rebuilt, beside a model of that modality alone: images 1.11 times.')
})
