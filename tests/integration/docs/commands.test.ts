/** The documentation's commands that take seconds, run as they stand; tests/unit/docs looks at all of them. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root, starting } from '../../unit/docs/documented.ts'
import { causalscope } from '../cli/command.ts'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'causalscope-docs-'))))
afterAll(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

const npm = (...args: string[]) => promisify(execFile)('npm', args, { cwd: root, shell: process.platform === 'win32' })

describe('the documentation', () => {
  it('makes and imports data sets by its commands', async () => {
    const ours = starting(/^(?:npm run (?:--silent )?causalscope -- |causalscope )(?=[a-z])/).map(({ text }) => text)
    const made = new Set<string>()
    let run = 0
    for (const text of new Set(ours)) {
      const words = text.split(/\s+/)
      // Words in capitals stand for what a reader has, and some sets take longer than a test should.
      if (/[A-Z]{2}|[[|…]|^synth (?:digits|line-digits)/.test(text)) continue
      const [command, source = ''] = words
      if (command === 'synth') made.add(words[words.indexOf('--out') + 1]!)
      else if (command !== 'import' || !made.has(source) || !words.includes('--project')) continue
      const ended = await causalscope(folder, ...words)
      expect(ended.code, `${text}\n${ended.stderr}`).toBe(0)
      run++
    }
    expect(run).toBeGreaterThanOrEqual(5)
  })

  it('lists commands and benches, and checks recorded values', async () => {
    expect((await npm('run', '--silent', 'causalscope', '--', '--help')).stdout).toMatch(/Usage: causalscope/)
    await expect(npm('run', 'bench')).rejects.toMatchObject({
      stderr: expect.stringMatching(/There are .*recovery/) as string,
    })
    expect((await npm('run', '--silent', 'check:golden')).stdout).toMatch(/max_error/)
  })
})
