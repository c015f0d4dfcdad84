/** Pieces of a bench on a real Slurm of this machine: each record comes in once, whatever goes wrong between. */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { usualSlurm } from '../../../src-shared/domain/cluster.ts'
import { onSlurm, type Pieces } from '../../bench/slurm-array.ts'
import { useSlurm } from './use-slurm.ts'

const here = useSlurm()

/** Says that it began, works for a second, writes its record; "bad" ends without one until a file lets it. */
const program = `
  const { appendFileSync, existsSync, renameSync, writeFileSync } = require('node:fs')
  const [lab, key, file] = process.argv.slice(1)
  appendFileSync(lab + '/begun', key + '\\n')
  setTimeout(() => {
    if (key === 'bad' && !existsSync(lab + '/mended')) { console.error('no such set'); process.exit(1) }
    writeFileSync(file + '.part', JSON.stringify({ key }))
    renameSync(file + '.part', file)
  }, 1000)`

/** As a bench has them: what has a record is not asked for. */
function pieces(all: readonly string[], more: Partial<Pieces> = {}): Pieces {
  return {
    settings: { ...usualSlurm, folder: here.lab, pollSeconds: 0.2 },
    folder: join(here.lab, 'work'),
    keys: all.filter((key) => !taken().includes(key)),
    command: (key, file) => [process.execPath, '-e', program, here.lab, key, file],
    take: (key, record) => {
      expect(JSON.parse(record)).toEqual({ key })
      appendFileSync(join(here.lab, 'taken'), `${key}\n`)
      return Promise.resolve()
    },
    environment: here.slurm.environment,
    ...more,
  }
}
const linesOf = (name: string): string[] =>
  existsSync(join(here.lab, name)) ? readFileSync(join(here.lab, name), 'utf8').trim().split('\n') : []
const taken = (): string[] => linesOf('taken')

/** Hands six over and goes when one has come in. */
async function leftAfterTheFirst(): Promise<void> {
  const leaving = new AbortController()
  const work = onSlurm(pieces(six, { signal: leaving.signal }))
  while (taken().length < 1) await setTimeout(50)
  leaving.abort()
  await work
}
const six = ['a 1', "b'2", 'c/3', 'd 4', 'e 5', 'f 6']

describe.skipIf(here.missing !== '')(`pieces on Slurm${here.sentence}`, () => {
  it('come in once each, though a node’s daemon is killed and comes back', async () => {
    const work = onSlurm(pieces(six))
    while (linesOf('begun').length < 2) await setTimeout(50)
    here.slurm.killNode('two')
    await setTimeout(1500)
    here.slurm.startNode('two')
    expect(await work).toEqual(new Map())
    expect(taken().toSorted()).toEqual(six)
    expect(existsSync(join(here.lab, 'work'))).toBe(false)
  })

  it('are found again by the same call, and not begun twice', async () => {
    await leftAfterTheFirst()
    expect(taken().length).toBeLessThan(six.length)
    expect(await onSlurm(pieces(six))).toEqual(new Map())
    expect(taken().toSorted()).toEqual(six)
    expect(linesOf('begun').toSorted()).toEqual(six)
  })

  it('are found by their array’s name where that call ended before it wrote down which it is', async () => {
    await leftAfterTheFirst()
    const file = join(here.lab, 'work', 'arrays', '0.json')
    const array = JSON.parse(readFileSync(file, 'utf8')) as object
    writeFileSync(file, JSON.stringify({ ...array, id: null }))
    expect(await onSlurm(pieces(six))).toEqual(new Map())
    expect(linesOf('begun').toSorted()).toEqual(six)
  })

  it('that leave no record are named with what they printed, and handed over by the next call', async () => {
    const all = ['a 1', 'bad']
    expect(await onSlurm(pieces(all))).toEqual(new Map([['bad', 'no such set']]))
    expect(taken()).toEqual(['a 1'])
    writeFileSync(join(here.lab, 'mended'), '')
    expect(await onSlurm(pieces(all))).toEqual(new Map())
    expect(taken()).toEqual(all)
    expect(linesOf('begun').toSorted()).toEqual(['a 1', 'bad', 'bad'])
  })

  it('are refused in Slurm’s words before anything is written', async () => {
    const settings = { ...usualSlurm, folder: here.lab, partition: 'nowhere', pollSeconds: 0.2 }
    await expect(onSlurm(pieces(six, { settings }))).rejects.toThrow('invalid partition specified: nowhere')
    expect(existsSync(join(here.lab, 'work'))).toBe(false)
  })
})
