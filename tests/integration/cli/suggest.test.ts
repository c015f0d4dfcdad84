import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { causalscope } from './command.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'causalscope-suggest-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

/** A set made and imported into a project of its name. */
async function project(name: string, ...options: string[]): Promise<string> {
  await causalscope(folder, 'synth', name, '--out', name, ...options)
  const file = `${name}.causalscope`
  expect((await causalscope(folder, 'import', name, '--project', file, '--json')).code).toBe(0)
  return file
}

describe('suggest', () => {
  it('finds the nodes of circles, and says how to train with them', async () => {
    const file = await project('circles', '--structure', 'chain', '--samples', '600', '--seed', '3')
    const command = ['suggest', '--project', file, '--max-nodes', '3', '--threads', '1']
    const { code, lines, stderr } = await causalscope(folder, ...command, '--json')
    expect(code).toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ samples: 600, clusters: 8, nodes: [2, 2, 2] })
    expect(lines[0]!.headline).toBe('8 clusters stand apart: three nodes of 2 categories each are suggested.')
    expect(stderr).toMatch(/Comparing up to 3 nodes on circles, 600 samples: about \d+:\d\d\./)
    expect(lines[0]!.candidates).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ nodes: [], verdict: 'few' }),
        expect.objectContaining({ nodes: [2, 2, 2], outcomes: 8, verdict: 'chosen' }),
        expect.objectContaining({ nodes: [2, 2], verdict: 'few' }),
      ]),
    )
  })

  it('suggests no cause in noise', async () => {
    const file = await project('noise-images', '--samples', '300')
    const { code, stdout } = await causalscope(folder, 'suggest', '--project', file, '--threads', '1')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^No discrete cause is suggested: the samples do not fall into clusters that stand apart\./)
    expect(stdout).toMatch(/^none .* suggested$/m)
    expect(stdout).not.toContain('Train with')
  })

  it('refuses what cannot be compared', async () => {
    const unknown = await causalscope(
      folder,
      ...['suggest', '--project', 'circles.causalscope', '--modalities', 'image', '--json'],
    )
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/no modality "image".*\n.*images/)
    const many = await causalscope(folder, 'suggest', '--project', 'circles.causalscope', '--max-nodes', '9')
    expect(many).toMatchObject({ code: 2 })
    expect(many.stderr).toContain('9 nodes are too many to compare.')
    const table = await project('asia', '--samples', '50')
    const nothing = await causalscope(folder, 'suggest', '--project', table)
    expect(nothing.code).toBe(2)
    expect(nothing.stderr).toContain('The data set has no modality')
  })
})
