/** A Slurm of two nodes for the tests of a file, and a folder for each of them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { noSlurmHere, OwnSlurm } from './own-slurm.ts'

export interface SlurmHere {
  readonly slurm: OwnSlurm
  /** Of the test that runs; gone after it. */
  readonly lab: string
  /** Why there is none; empty where there is. */
  readonly missing: string
  /** The same behind a test's name. */
  readonly sentence: string
}

export function useSlurm(options: { accounts?: boolean } = {}): SlurmHere {
  const missing = noSlurmHere(options)
  const slurm = new OwnSlurm()
  const here = { slurm, lab: '', missing, sentence: missing === '' ? '' : ` (left out, ${missing})` }
  beforeAll(async () => {
    if (missing === '') await slurm.start(['one', 'two'], 1, options)
  })
  afterAll(() => slurm.stop())
  beforeEach(() => (here.lab = mkdtempSync(join(tmpdir(), 'causalscope-cluster-'))))
  afterEach(() => rmSync(here.lab, { recursive: true, force: true, maxRetries: 10 }))
  return here
}
