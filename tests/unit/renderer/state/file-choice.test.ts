import { describe, expect, it } from 'vitest'
import type { FileEntry } from '../../../../src-shared/contract/projects.ts'
import {
  choosable,
  isAbsolute,
  joinPath,
  nameProblem,
  splitPath,
  titleOfDrop,
  withEnding,
} from '../../../../src-renderer/state/file-choice.ts'

const entry = (looks: FileEntry['looks']): FileEntry => ({
  name: 'x',
  path: '/x',
  kind: looks === 'folder' ? 'folder' : 'file',
  looks,
  bytes: 0,
  modifiedAt: '',
})

describe('choosable', () => {
  it('offers what the question asks for and nothing else', () => {
    expect(choosable(entry('project'), 'open-project')).toBe(true)
    expect(choosable(entry('table'), 'open-project')).toBe(false)
    expect(choosable(entry('table'), 'open-data-file')).toBe(true)
    expect(choosable(entry('folder'), 'open-data-file')).toBe(false)
    expect(choosable(entry('folder'), 'export-folder')).toBe(true)
    expect(choosable(entry('table'), 'open-data-folder')).toBe(false)
  })
})

describe('paths', () => {
  it('are divided and joined on either kind of system', () => {
    expect(splitPath('/home/a/study.causalscope')).toEqual({ folder: '/home/a', name: 'study.causalscope' })
    expect(splitPath('C:\\data\\x.csv')).toEqual({ folder: 'C:\\data', name: 'x.csv' })
    expect(splitPath('/x')).toEqual({ folder: '/', name: 'x' })
    expect(splitPath('C:\\x')).toEqual({ folder: 'C:\\', name: 'x' })
    expect(joinPath('/', 'x')).toBe('/x')
    expect(joinPath('/home', 'x')).toBe('/home/x')
    expect(joinPath('C:\\data', 'x')).toBe('C:\\data\\x')
  })

  it('are whole from the root on, or not', () => {
    expect(['/a', 'C:\\a', 'C:/a', '\\\\server\\a'].every(isAbsolute)).toBe(true)
    expect(['a', './a', '~/a', ''].some(isAbsolute)).toBe(false)
  })
})

describe('names', () => {
  it('say why they cannot be a file’s', () => {
    expect(nameProblem('study')).toBe('')
    expect(nameProblem('  ')).not.toBe('')
    expect(nameProblem('a/b')).toContain('slashes')
    expect(nameProblem('..')).not.toBe('')
  })

  it('get the ending that a project file has', () => {
    expect(withEnding('study', 'save-project')).toBe('study.causalscope')
    expect(withEnding('study.CausalScope', 'save-project')).toBe('study.CausalScope')
    expect(withEnding('graph.svg', 'save-file')).toBe('graph.svg')
  })
})

describe('what is dropped together', () => {
  it('is called as its folder where that is seen, else by its own names', () => {
    expect(titleOfDrop(['a.csv', 'b.csv'], '/home/lab/July/a.csv')).toBe('July')
    expect(titleOfDrop(['a.csv', 'images'], null)).toBe('a, images')
    expect(titleOfDrop(['a.csv', 'a.txt', 'b.csv', 'c.csv'], null)).toBe('a, b and 1 more')
  })
})
