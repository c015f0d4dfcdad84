/** Which installed browser draws the window: Chromium, Chrome or Edge, in the usual places of each system. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { refused } from '../../../src-shared/errors.ts'

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]
const macApplications = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly exists: (path: string) => boolean
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  home: homedir(),
  exists: existsSync,
}

function candidates(machine: Machine): string[] {
  const { env } = machine
  if (machine.platform === 'darwin')
    return ['/Applications', join(machine.home, 'Applications')].flatMap((folder) =>
      macApplications.map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    )
  if (machine.platform === 'win32')
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => windowsPrograms.map((parts) => join(folder, ...parts)))
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)))
}

/** Path of the browser, CHROME_PATH first; null when there is none. Throws when CHROME_PATH names no file. */
export function findChromium(machine: Machine = thisMachine): string | null {
  const named = machine.env.CHROME_PATH
  if (named !== undefined && named !== '') {
    if (machine.exists(named)) return named
    throw refused(`CHROME_PATH is ${named}, where there is no file.`, 'Correct it, or unset it to search.', {
      file: named,
    })
  }
  return candidates(machine).find((path) => machine.exists(path)) ?? null
}
