import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { electronBinary, fetchElectron } from '../../../build/electron-binary.ts'

describe('the Electron binary', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-electron-'))
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('is not there before it was downloaded', () => {
    expect(electronBinary({}, folder)).toBeNull()
  })

  it('is where path.txt says', async () => {
    await mkdir(join(folder, 'dist', 'Electron.app'), { recursive: true })
    await writeFile(join(folder, 'path.txt'), 'Electron.app/run')
    expect(electronBinary({}, folder)).toBeNull()
    await writeFile(join(folder, 'dist', 'Electron.app', 'run'), '')
    expect(electronBinary({}, folder)).toBe(join(folder, 'dist', 'Electron.app', 'run'))
  })

  it('may lie elsewhere, as Electron’s own variable says', async () => {
    await writeFile(join(folder, 'electron'), '')
    expect(electronBinary({ ELECTRON_OVERRIDE_DIST_PATH: folder }, join(folder, 'nowhere'))).toBe(
      join(folder, 'electron'),
    )
  })

  it('is not waited for when its download fails', async () => {
    await writeFile(join(folder, 'install.js'), 'console.error("Error: refused"); process.exit(1)')
    await fetchElectron(folder)
    expect(electronBinary({}, folder)).toBeNull()
  })
})
