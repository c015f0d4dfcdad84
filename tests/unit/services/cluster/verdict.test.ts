import { describe, expect, it } from 'vitest'
import { standingsOf } from '../../../../src-main/cluster/standings.ts'
import { type Unsaid, verdictOn } from '../../../../src-main/services/cluster/verdict.ts'
import { usualSlurm } from '../../../../src-shared/domain/cluster.ts'

const unsaid: Unsaid = {
  ...{
    standing: null,
    left: null,
    began: true,
    progressed: false,
    submissions: 1,
    printed: '',
    folder: '/shared/work',
  },
  settings: { ...usualSlurm, time: '2:00:00', memory: '2G' },
}
const as = (line: string, more: Partial<Unsaid> = {}) =>
  verdictOn({ ...unsaid, standing: standingsOf(`7_3|${line}`).get('7_3')!, ...more })

describe('a task that ended without saying how', () => {
  it.each([
    ['NODE_FAIL|NodeDown|n1', /n1 failed/],
    ['PREEMPTED|None|n1', /make room for others/],
    ['BOOT_FAIL|None|n1', /n1 failed/],
  ])('is handed over again after %s', (line, why) => {
    expect(as(line)).toEqual({ kind: 'again', why: expect.stringMatching(why) as string })
  })

  it('is handed over again when the cluster has forgotten it, but not for ever', () => {
    expect(verdictOn(unsaid)).toMatchObject({ kind: 'again' })
    expect(verdictOn({ ...unsaid, submissions: 5 })).toMatchObject({ kind: 'failed', error: { message: expect.stringContaining('handed to the cluster 5 times') as string } }) // prettier-ignore
  })

  it.each(['TIMEOUT|TimeLimit|n1', 'COMPLETED|None|n1'])('goes on after its time (%s) if it came further', (line) => {
    const left = { reason: 'time', step: 40 } as const
    expect(as(line, { left, progressed: true })).toMatchObject({ kind: 'again' })
    expect(as(line, { left })).toMatchObject({ kind: 'failed', error: { message: expect.stringContaining('(2:00:00)') as string, hint: expect.stringContaining('--time') as string } }) // prettier-ignore
  })

  it('is stopped when somebody on the cluster cancelled it', () => {
    expect(as('CANCELLED by 1000|None|n1')).toEqual({ kind: 'cancelled' })
    expect(as('COMPLETED|None|n1', { left: { reason: 'asked', step: 3 } })).toEqual({ kind: 'cancelled' })
  })

  it('failed for want of memory, of a folder that its node sees, or for no reason that is known', () => {
    expect(as('OUT_OF_MEMORY|None|n1')).toMatchObject({ error: { message: expect.stringContaining('memory that it had (2G) on n1') as string } }) // prettier-ignore
    expect(as('FAILED|NonZeroExitCode|n1', { began: false })).toMatchObject({ error: { message: expect.stringContaining('left nothing in /shared/work') as string } }) // prettier-ignore
    expect(as('FAILED|NonZeroExitCode|n1', { printed: 'Killed' })).toMatchObject({ error: { hint: expect.stringContaining('Killed') as string } }) // prettier-ignore
  })
})
