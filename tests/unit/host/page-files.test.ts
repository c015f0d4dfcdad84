import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pageFiles } from '../../../src-main/host/page-files.ts'

describe('page files', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-page-'))
    await mkdir(join(folder, 'page'))
    await writeFile(join(folder, 'page', 'index.html'), '<html>')
    await writeFile(join(folder, 'page', 'notes'), 'no extension')
    await writeFile(join(folder, 'secret.json'), '{}')
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('answers the root and files below it with their types', async () => {
    const serve = pageFiles(join(folder, 'page'))
    expect(await serve('/')).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' })
    expect(await serve('/index.html?v=2')).toMatchObject({ status: 200 })
  })

  it.each(['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '/notes', '/missing.js', '/%zz', '/a%00.js'])(
    'answers nothing for %s',
    async (path) => {
      expect(await pageFiles(join(folder, 'page'))(path)).toBeNull()
    },
  )
})
