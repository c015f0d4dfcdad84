/** Every command of the documentation is one that a fresh checkout has: scripts, benches, commands and their options. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../../src-main/cli/program.ts'
import { code, root, starting } from './documented.ts'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const program = commandLine('0')
const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
const flags = (text: string): string[] => [...text.matchAll(/(?:^|[\s[|])(--[a-z][\w-]*)/g)].map(([, flag]) => flag!)

describe('the commands of the documentation', () => {
  const npm = starting(/^npm (?=[a-z])/)
  const reference = readFileSync(join(root, 'docs/cli.md'), 'utf8')
  const ours = [
    ...starting(/^(?:npm run (?:--silent )?causalscope -- |causalscope )(?=[a-z])/),
    ...[...reference.matchAll(/^\| \[`(\w+)`\]\([^)]*\) `(.*)` \|/gm)].map(([, name, usage]) => ({
      ...{ page: 'docs/cli.md', text: `${name!} ${usage!}` },
    })),
  ]
  const benches = starting(/^npm run bench -- /)

  it('are found', () => {
    expect(npm.length).toBeGreaterThan(40)
    expect(ours.length).toBeGreaterThan(70)
    expect(benches.length).toBeGreaterThan(20)
  })

  it('start nothing that the system’s Node cannot: sources are run by scripts', () => {
    expect(code.filter(({ text }) => /^node (?!src-main\/cli\.ts --help$)\S+\.ts/.test(text))).toEqual([])
  })

  it('are scripts of package.json, or what npm itself does', () => {
    const own = ['install', 'ci', 'start', 'test', 'outdated', 'rebuild', 'pack']
    const unknown = npm.filter(({ text }) => {
      const [first, ...rest] = words(text)
      if (first !== 'run') return !own.includes(first!)
      return !((rest.find((word) => !word.startsWith('-')) ?? '') in scripts)
    })
    expect(unknown).toEqual([])
  })

  it('name benches that are there, with options that they know', () => {
    for (const { page, text } of benches) {
      const name = words(text)[0]!
      const file = join(root, 'tests/bench', `${name}.ts`)
      expect(existsSync(file), `${page}: bench ${name}`).toBe(true)
      const source = readFileSync(file, 'utf8')
      expect(source, `${name} says how it is started`).toContain(`npm run bench -- ${name}`)
      // What follows a second -- is for the program itself.
      for (const flag of flags(text.split(' -- ')[0]!))
        expect(
          source.includes(flag) || new RegExp(`['"]?${flag.slice(2)}['"]?: \\{`).test(source),
          `${page}: ${text}`,
        ).toBe(true)
    }
  })

  it('name commands and options of the command line', () => {
    const commands = new Map(program.commands.map((command: Command) => [command.name(), command]))
    const wrong = ours.flatMap(({ page, text }) => {
      const name = words(text)[0]!
      const command = commands.get(name)
      if (command === undefined) return name === 'COMMAND' ? [] : [`${page}: ${text}`]
      const known = [...command.options.flatMap(({ long }) => (long == null ? [] : [long])), '--help']
      return flags(text).flatMap((flag) => (known.includes(flag) ? [] : [`${page}: ${flag} of ${text}`]))
    })
    expect(wrong).toEqual([])
  })

  it('are parsed as they stand where they are shown with what they print', () => {
    const shown = readFileSync(join(root, 'docs/cli.md'), 'utf8').replaceAll(/\\\n\s*/g, '')
    const sessions = [...shown.matchAll(/^\$ causalscope (.*)$/gm)].map(([, text]) => text!)
    expect(sessions.length).toBeGreaterThan(15)
    for (const text of sessions) {
      const given = [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!)
      const command = program.commands.find((each) => each.name() === given[0])!
      const required = command.options.filter(({ mandatory }) => mandatory).map(({ long }) => long!)
      for (const option of required) expect(given, text).toContain(option)
    }
  })
})
