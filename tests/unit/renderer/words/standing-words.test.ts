import { expect, it } from 'vitest'
import type { Standing } from '../../../../src-shared/graph/edge.ts'
import { nodeStandingWords } from '../../../../src-renderer/words/standing-words.ts'

it('says of the nodes behind clusters how firmly they may be stated', () => {
  const node = (name: string, standing: Standing) => ({ name, standing })
  expect(nodeStandingWords([node('hue', 'tentative'), node('radius', 'supported'), node('shift', 'supported')])).toBe(
    'Radius and shift returned when other parts of the samples were trained on. Hue: tentative, returned only in part.',
  )
  expect(nodeStandingWords([node('N1', 'unsupported')])).toBe(
    'N1: not supported, cut elsewhere in other parts of the samples.',
  )
  expect(nodeStandingWords([node('N1', 'provisional'), node('N2', 'provisional')])).toBe(
    'N1 and N2: provisional, whether this returns no replicate has tested yet.',
  )
  expect(nodeStandingWords([])).toBe('')
})
