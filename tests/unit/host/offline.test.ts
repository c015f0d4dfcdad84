import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const network =
  /from '(node:)?(http|https|http2|net|tls|dgram|dns)(\/[^']*)?'|\bfetch\(|\bnew (WebSocket|EventSource)\(/

// The page is held to the app's own origin by its CSP and its host: tests/e2e/security.spec.ts.
describe('the host’s sources', () => {
  it('open no connection: nothing in them could', () => {
    const files = globSync('src-main/**/*.ts', { cwd: root })
    const speaking = files.filter((file) => network.test(readFileSync(join(root, file), 'utf8')))
    expect(files.length).toBeGreaterThan(100)
    expect(speaking).toEqual([])
  })
})
