import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-demo-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

it('shows the main job twice: causes that are known are found, and a continuum is not called causes', async () => {
  const demo = await causalscope(folder, 'demo')
  // An import makes no view of what varies continuously.
  expect(demo.stderr).toContain('1000 pairs of images and strain-energy; measured, no label is given')
  expect(demo.code).toBe(0)
  const [known = '', measured = ''] = demo.stdout.split(/^In truth .*$/m)
  // As the front page shows it.
  expect(demo.stdout).toMatch(/^In truth N1 is \w+ \(NMI 1\.00\), N2 is \w+ \(NMI 1\.00\), N3 is \w+ \(NMI 1\.00\);/m)
  expect(known).toMatch(/^There are links between|depend on each other|drives? /)
  expect(measured).toContain('No discrete causes are supported')
  const out = (name: string) => readFileSync(join(folder, 'demo', name), 'utf8')
  expect(out('spectrum-assay/clusters.csv').trim().split(/\r?\n/)).toHaveLength(801)
  expect(out('spectrum-assay/report.html')).toContain('spectrum-assay')
  expect(out('clusters.csv').trim().split(/\r?\n/)).toHaveLength(1001)
  expect(JSON.parse(out('graph.json'))).toMatchObject({ nodes: [{ name: 'A' }, { name: 'B' }] })
  expect(out('report.html')).toContain('mechanical-mnist')
  expect(out('graph.svg')).toContain('<svg')
})
