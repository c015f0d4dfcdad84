import { expect, it } from 'vitest'
import { cautionsOf } from '../../../../src-shared/findings/finding.ts'
import { lattice } from '../graph-formats/example-graph.ts'
import { findingsOf } from '../../../../src-shared/methods/results.ts'
import { bodyOf, withBody } from '../../example-result.ts'
import { exampleRun } from '../../export/example-run.ts'
import { exampleJudgement } from '../findings/example-judgement.ts'

it('tells what a training met once, where its result says the same', () => {
  const { result } = exampleRun()
  const { assignment } = bodyOf(result)
  const doubtful = withBody(result, {
    assignment: { ...assignment!, evidence: { ...assignment!.evidence!, nullP: 0.91, decided: false } },
  })
  const met = [
    'Clusters without any structure of nodes would be named as well with probability 0.91; take the nodes’ meaning with caution.',
    'The clusters do not stand apart clearly; other clusters would be about as good.',
  ]
  const told = { judgement: exampleJudgement(lattice), components: null }
  const cautions = cautionsOf(findingsOf({ ...doubtful, cautions: met }, told))
  expect(cautions.filter((text) => text.includes('without any structure'))).toHaveLength(1)
  expect(cautions).toContain(met[1])
  expect(cautionsOf(findingsOf({ ...result, cautions: met }, told))).toContain(met[0])
})
