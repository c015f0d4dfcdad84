import { describe, expect, it } from 'vitest'
import { origins, pathWithin, securityHeaders } from '../../../src-main/host/origin.ts'

describe('the own origin', () => {
  it('gives path and query of its own URLs', () => {
    expect(pathWithin(origins.chromium, 'https://causalscope.localhost/data/a?b=1')).toBe('/data/a?b=1')
    expect(pathWithin(origins.electron, 'causalscope://app/index.html')).toBe('/index.html')
  })

  it.each([
    'https://causalscope.localhost:8443/',
    'https://causalscope.localhost.example.com/',
    'https://example.com/?https://causalscope.localhost/',
    'https://user@causalscope.localhost/',
    'causalscope://other/',
    'file:///etc/passwd',
    'not a url',
  ])('knows that %s is not its own', (url) => {
    expect(pathWithin(origins.chromium, url)).toBeNull()
    expect(pathWithin(origins.electron, url)).toBeNull()
  })

  it('lets no script, picture or fetch come from elsewhere, and evaluates no strings', () => {
    const policy = securityHeaders['Content-Security-Policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*|https?:/)
  })
})
