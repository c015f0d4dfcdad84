import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-demo-'))))
afterAll(() => rmSync(folder, { recursive: true }))

it('shows the main job on the bundled sample: a finding in words, a graph, clusters, a report', async () => {
  const demo = await causalscope(folder, 'demo')
  expect(demo.stderr).toContain('no label is given')
  expect(demo.code).toBe(0)
  expect(demo.stdout).toMatch(/\bA\b.*\bB\b/)
  const out = (name: string) => readFileSync(join(folder, 'demo', name), 'utf8')
  expect(out('clusters.csv').trim().split(/\r?\n/)).toHaveLength(1001)
  expect(JSON.parse(out('graph.json'))).toMatchObject({ nodes: [{ name: 'A' }, { name: 'B' }] })
  expect(out('report.html')).toContain('mechanical-mnist')
  expect(out('graph.svg')).toContain('<svg')
})
