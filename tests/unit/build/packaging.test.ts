import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { configuration } from '../../../build/electron-builder.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const icons = join(root, 'resources', 'icons')

interface Validator {
  validateConfiguration(config: unknown, log: { isEnabled: boolean; add(): void }): Promise<void>
}

describe('the packages', () => {
  it('are configured as electron-builder understands it', async () => {
    const validator = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as Validator
    const log = { isEnabled: false, add: () => undefined }
    await validator.validateConfiguration(structuredClone(configuration), log)
    await expect(validator.validateConfiguration({ ...configuration, fuses: {} }, log)).rejects.toThrow(/fuses/)
  })

  it('leave no door open in the binary', () => {
    expect(configuration.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    })
    expect(configuration.publish).toBeNull()
  })

  it('have icons of every kind they name', async () => {
    for (const name of ['icon.png', 'icon.ico', 'icon.icns', 'document.png', 'document.ico', 'document.icns'])
      expect(existsSync(join(icons, name)), name).toBe(true)
    expect((await readFile(join(icons, 'icon.ico'))).subarray(0, 4)).toEqual(Buffer.from([0, 0, 1, 0]))
    const icns = await readFile(join(icons, 'icon.icns'))
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    for (const size of [16, 48, 256, 512]) {
      const { width, height, hasAlpha } = await sharp(join(icons, 'linux', `${size}x${size}.png`)).metadata()
      expect({ width, height, hasAlpha }).toEqual({ width: size, height: size, hasAlpha: true })
    }
  })
})
