import { existsSync, globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { configuration } from '../../../build/electron-builder.ts'
import { builtIn, licences } from '../../../build/licences.ts'

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
    const { FuseV1Options } = createRequire(import.meta.url)('@electron/fuses') as { FuseV1Options: object }
    const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name))
    const set = Object.keys(configuration.electronFuses ?? {}).map((name) => name[0]!.toUpperCase() + name.slice(1))
    expect(set.sort()).toEqual(known.sort())
    expect(configuration.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    })
    expect(configuration.publish).toBeNull()
  })

  it('carry whose work they hold', () => {
    const files = configuration.files as string[]
    const documentsOut = files.findIndex((pattern) => pattern.startsWith('!**/*.{md'))
    expect(files).toContain('NOTICE')
    expect(files.indexOf('resources/samples/**')).toBeGreaterThan(documentsOut)
    const text = licences(root)
    for (const [name, words] of [
      ['@fontsource-variable/inter', 'SIL OPEN FONT LICENSE'],
      ['svelte', 'Copyright'],
      ['bits-ui', 'MIT License'],
      ['cytoscape', 'The Cytoscape Consortium'],
      ['uplot', 'MIT License'],
      ['valibot', 'Fabian Hiller'],
      ['sharp', 'Apache License'],
      ['better-sqlite3', 'Joshua Wise'],
    ] as const)
      expect(text.slice(text.indexOf(`\n${name} `)), name).toContain(words)
    expect(text).not.toContain('playwright-core')
  })

  it('name everything that the page is built of', async () => {
    const sources = globSync('src-renderer/**/*.{ts,svelte,css}', { cwd: root })
    const imported = new Set<string>()
    for (const file of sources)
      for (const [, name] of (await readFile(join(root, file), 'utf8')).matchAll(
        /(?:from|import) '((?:@[\w-]+\/)?[a-z][\w-]*)[^']*'/g,
      ))
        imported.add(name!)
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect([...imported].filter((name) => !(name in dependencies)).sort()).toEqual([...builtIn].sort())
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
