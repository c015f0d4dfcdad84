import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'
import { explain, exitCodeOf } from '../../../src-main/cli/exit.ts'
import { shellWord } from '../../../src-main/cli/shell-word.ts'
import { CausalscopeError, failed, refused } from '../../../src-shared/errors.ts'

describe('how a command ends', () => {
  it.each([
    [refused('no'), 2],
    [failed('no'), 1],
    [new CausalscopeError({ code: 'interrupted', message: 'no', hint: '', details: {} }), 130],
    [new Error('a bug'), 1],
    [new CommanderError(1, 'commander.unknownOption', 'no'), 2],
    [new CommanderError(0, 'commander.helpDisplayed', ''), 0],
  ])('on %s with %i', (error, code) => {
    expect(exitCodeOf(error)).toBe(code)
  })

  it('says what to do, and where only for what nobody foresaw', () => {
    expect(explain(refused('There is no run 3.', 'Its runs are 1, 2.'))).toBe(
      'Error: There is no run 3.\nIts runs are 1, 2.',
    )
    expect(explain(new Error('a bug'))).toMatch(/^Error: a bug\nError: a bug\n {4}at /)
  })
})

it('quotes a path for the shell only where it must', () => {
  expect(shellWord('data/lab-1.causalscope')).toBe('data/lab-1.causalscope')
  expect(shellWord("my lab's.causalscope")).toBe(`'my lab'\\''s.causalscope'`)
})
