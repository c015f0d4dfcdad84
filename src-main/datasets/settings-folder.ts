/** The folder in which this person's choices are kept, and what they named: the window's settings, a TensorFlow of their own. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** CAUSALSCOPE_SETTINGS, else where this system keeps settings: XDG, %APPDATA%, Application Support. */
export function settingsFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const named = environment.CAUSALSCOPE_SETTINGS
  if (named !== undefined && named !== '') return named
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Causalscope')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Causalscope')
  const xdg = environment.XDG_CONFIG_HOME
  // The XDG specification: a relative path is to be ignored.
  return join(xdg?.startsWith('/') === true ? xdg : join(homedir(), '.config'), 'causalscope')
}
