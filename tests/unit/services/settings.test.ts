import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settingsFolder } from '../../../src-main/datasets/settings-folder.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import { usualSlurm } from '../../../src-shared/domain/cluster.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'settings-'))))
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

describe('the settings of a person', () => {
  it('come back in the next session', async () => {
    const settings = new UserSettings(join(folder, 'new', 'causalscope'))
    expect(settings.settings).toEqual({ theme: 'system', engine: 'auto', threads: null, slurm: usualSlurm })
    await Promise.all([
      settings.change({ theme: 'dark' }),
      settings.change({ threads: 2 }),
      settings.opened('/data/a.causalscope'),
      settings.rememberFolder('export-folder', '/data/out'),
    ])
    const next = new UserSettings(settings.folder)
    expect(next.settings).toEqual({ theme: 'dark', engine: 'auto', threads: 2, slurm: usualSlurm })
    expect(next.recent).toMatchObject([{ path: '/data/a.causalscope', name: 'a', exists: false }])
    expect(next.lastFolder('export-folder')).toBe('/data/out')
    expect(next.lastFolder('open-data-folder')).toBeNull()
    expect(readdirSync(settings.folder)).toEqual(['settings.json'])
  })

  it('list the newest project first, each once, the last twelve', async () => {
    const settings = new UserSettings(folder)
    for (let i = 0; i < 14; i++) await settings.opened(`/data/${i}.causalscope`)
    await settings.opened('/data/9.causalscope')
    expect(settings.recent.map((r) => r.name)).toEqual(['9', '13', '12', '11', '10', '8', '7', '6', '5', '4', '3', '2'])
    await settings.forget('/data/13.causalscope')
    expect(settings.recent.map((r) => r.name)).not.toContain('13')
  })

  it('say which projects are still there', async () => {
    const file = join(folder, 'here.causalscope')
    writeFileSync(file, '')
    const settings = new UserSettings(folder)
    await settings.opened(file)
    expect(settings.recent).toMatchObject([{ name: 'here', exists: true }])
  })

  it.each(['not JSON', '[]', '{"settings":{"theme":"pink"},"recent":3,"folders":{}}'])(
    'start afresh where the file says %j',
    (text) => {
      writeFileSync(join(folder, 'settings.json'), text)
      const settings = new UserSettings(folder)
      expect(settings.settings.theme).toBe('system')
      expect(settings.recent).toEqual([])
    },
  )

  it('lie where the system keeps settings', () => {
    expect(settingsFolder({ XDG_CONFIG_HOME: '/conf' }, 'linux')).toBe('/conf/causalscope')
    expect(settingsFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux')).toBe(join(homedir(), '.config', 'causalscope'))
    expect(settingsFolder({ APPDATA: '/Roaming' }, 'win32')).toBe(join('/Roaming', 'Causalscope'))
    expect(settingsFolder({ CAUSALSCOPE_SETTINGS: '/own', XDG_CONFIG_HOME: '/conf' }, 'linux')).toBe('/own')
    expect(settingsFolder({}, 'darwin')).toMatch(/Application Support.Causalscope$/)
  })
})
