/** Accelerators of the command list as keys on this machine: told from key events, and written for people. */

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  /** Physical key: `Digit1`; tells Alt+1 where the system makes another character of it. */
  readonly code: string
}

function sameKey(press: KeyPress, key: string): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true
  return /^\d$/.test(key) && press.code === `Digit${key}`
}

/** Whether a key event is this accelerator. A single character is meant as typed, however it is typed. */
export function matches(press: KeyPress, accelerator: string, mac: boolean): boolean {
  const parts = accelerator.split('+')
  const key = parts.at(-1) ?? ''
  if (parts.length === 1 && key.length === 1)
    return press.key === key && !press.ctrlKey && !press.metaKey && !press.altKey
  const command = parts.includes('CmdOrCtrl')
  return (
    (mac ? press.metaKey : press.ctrlKey) === command &&
    !(mac ? press.ctrlKey : press.metaKey) &&
    press.altKey === parts.includes('Alt') &&
    press.shiftKey === parts.includes('Shift') &&
    sameKey(press, key)
  )
}

const macSigns: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' }

/** The keys one by one, as they stand on the keyboard: Ctrl, Shift, Z. */
export function keysFor(accelerator: string, mac: boolean): readonly string[] {
  return accelerator.split('+').map((part) => (mac ? (macSigns[part] ?? part) : part === 'CmdOrCtrl' ? 'Ctrl' : part))
}
