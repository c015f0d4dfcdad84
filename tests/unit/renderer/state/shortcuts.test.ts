import { describe, expect, it } from 'vitest'
import { commands } from '../../../../src-shared/commands.ts'
import { type KeyPress, keysFor, matches } from '../../../../src-renderer/state/shortcuts.ts'

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
})

describe('matches', () => {
  it('takes Control here and Command on a Mac', () => {
    expect(matches(press('o', { ctrlKey: true }), 'CmdOrCtrl+O', false)).toBe(true)
    expect(matches(press('o', { metaKey: true }), 'CmdOrCtrl+O', true)).toBe(true)
    expect(matches(press('o', { ctrlKey: true }), 'CmdOrCtrl+O', true)).toBe(false)
    expect(matches(press('o', { metaKey: true }), 'CmdOrCtrl+O', false)).toBe(false)
  })

  it('wants exactly the modifiers that are named', () => {
    const redo = 'CmdOrCtrl+Shift+Z'
    expect(matches(press('Z', { ctrlKey: true, shiftKey: true }), redo, false)).toBe(true)
    expect(matches(press('z', { ctrlKey: true }), redo, false)).toBe(false)
    expect(matches(press('Z', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+Z', false)).toBe(false)
    expect(matches(press('z', { ctrlKey: true, altKey: true }), 'CmdOrCtrl+Z', false)).toBe(false)
  })

  it('knows digits by their place where the system writes another character', () => {
    expect(matches(press('¡', { altKey: true, code: 'Digit1' }), 'Alt+1', true)).toBe(true)
  })

  it('takes a plain character as typed, with whatever keys it was typed', () => {
    expect(matches(press('?', { shiftKey: true }), '?', false)).toBe(true)
    expect(matches(press('?'), '?', false)).toBe(true)
    expect(matches(press('?', { ctrlKey: true }), '?', false)).toBe(false)
  })

  it('tells all commands apart', () => {
    const keys = commands.flatMap((c) => (c.keys === null ? [] : [c.keys]))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('keysFor', () => {
  it('writes what stands on the keyboard', () => {
    expect(keysFor('CmdOrCtrl+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z'])
    expect(keysFor('CmdOrCtrl+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z'])
  })
})
