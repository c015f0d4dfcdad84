/** The native menu, made from the commands that the page knows too. */
import type { MenuItemConstructorOptions } from 'electron'
import { type Command, type CommandId, commands } from '../../../src-shared/commands.ts'

const menus = ['File', 'Edit', 'View', 'Run', 'Graph', 'Help'] as const satisfies readonly Command['menu'][]

/** What the system does itself in text fields, besides the app's own undo and redo. */
const editing: readonly MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
]
const viewing: readonly MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { role: 'resetZoom' },
  { role: 'togglefullscreen' },
]

function items(menu: Command['menu'], choose: (id: CommandId) => void): MenuItemConstructorOptions[] {
  const made: MenuItemConstructorOptions[] = []
  for (const command of commands) {
    if (command.menu !== menu) continue
    if ('apart' in command && made.length > 0) made.push({ type: 'separator' })
    made.push({
      id: command.id,
      label: command.title,
      // A bare key stays the page's: as a menu shortcut it could no longer be typed.
      ...(command.keys !== null && command.keys.length > 1 ? { accelerator: command.keys } : {}),
      click: () => choose(command.id),
    })
  }
  if (menu === 'Edit') made.push(...editing)
  if (menu === 'View') made.push(...viewing)
  return made
}

export function menuTemplate(platform: NodeJS.Platform, choose: (id: CommandId) => void): MenuItemConstructorOptions[] {
  const own: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : []
  return [...own, ...menus.map((menu) => ({ label: menu, submenu: items(menu, choose) }))]
}
