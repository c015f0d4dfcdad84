/** Sources made by hand, each odd in its own way. */
import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import sharp from 'sharp'

export interface OddSource {
  readonly name: string
  /** Makes it in an empty folder; returns the path to import where that is not the folder. */
  readonly make: (folder: string) => Promise<string | undefined>
}

const table = (rows = 12, header = 'id,a,b,kind', cell = 'x'): string =>
  `${[header, ...Array.from({ length: rows }, (_, i) => `s${i},${i},${(i * 7) % 5}.5,${cell}${i % 2}`)].join('\n')}\n`

/** The folder with these files in it. */
function folderWith(name: string, files: Readonly<Record<string, string | Uint8Array>>): OddSource {
  return {
    name,
    make: async (folder) => {
      for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content)
      return undefined
    },
  }
}

function npy(header: string, data: Uint8Array): Uint8Array {
  const padded = header.padEnd(117, ' ') + '\n'
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([padded.length, 0]), Buffer.from(padded, 'latin1'), data]) // prettier-ignore
}

function npyOf(shape: string, type = '<f8'): Uint8Array {
  return npy(`{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`, new Uint8Array(64))
}

const empty = [
  'png',
  'jpg',
  'tif',
  'bmp',
  'csv',
  'xlsx',
  'npy',
  'npz',
  'h5',
  'mat',
  'parquet',
  'spc',
  'jdx',
  'nc',
  'feather',
]

/** A PNG's header that claims a size, without its pixels. */
function claimingPng(side: number): Uint8Array {
  const bytes = Buffer.from('89504e470d0a1a0a0000000d49484452000000000000000008020000000000000000000000', 'hex')
  bytes.writeUInt32BE(side, 16)
  bytes.writeUInt32BE(side, 20)
  return bytes
}

const pipes: readonly OddSource[] = [
  {
    name: 'a pipe as source',
    make: (folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe')])
      return Promise.resolve(join(folder, 'pipe'))
    },
  },
  {
    name: 'a pipe beside a table',
    make: async (folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe.csv')])
      await writeFile(join(folder, 'table.csv'), table())
      return undefined
    },
  },
  {
    name: 'a folder of a pipe alone',
    make: (folder) => {
      execFileSync('mkfifo', [join(folder, 'a.png')])
      return Promise.resolve(undefined)
    },
  },
]

const kernels: readonly OddSource[] = [
  '/proc/kmsg',
  '/proc/self/mem',
  '/proc/self/fd',
  '/proc/1/environ',
  '/dev/zero',
  '/dev/stdin',
].map((path) => ({ name: path, make: () => Promise.resolve(path) }))

export const oddFiles: readonly OddSource[] = [
  ...empty.map((extension) => folderWith(`an empty .${extension}`, { [`a.${extension}`]: '' })),
  ...empty
    .slice(0, 4)
    .map((extension) =>
      folderWith(`an empty .${extension} beside a table`, { [`s1.${extension}`]: '', 'table.csv': table() }),
    ),
  folderWith('nothing at all', {}),
  folderWith('a mark of byte order alone', { 'a.csv': '\ufeff' }),
  folderWith('line ends alone', { 'a.csv': '\n'.repeat(1000) }),
  folderWith('a header alone', { 'a.csv': 'id,a,b\n' }),
  folderWith('delimiters alone', { 'a.csv': ',,,,\n'.repeat(20) }),
  folderWith('zero bytes within a table', { 'a.csv': table().replace('s3', 's\0') }),
  folderWith('a table of zero bytes', { 'a.csv': new Uint8Array(10_000) }),
  folderWith('an unclosed quotation mark', { 'a.csv': table().replace('s3', '"s3') }),
  folderWith('a cell of five million characters', { 'a.csv': table().replace('s3', 's'.repeat(5e6)) }),
  folderWith('a line of five million characters', { 'a.csv': 'x'.repeat(5e6) }),
  folderWith('a hundred thousand columns', { 'a.csv': `${'a,'.repeat(1e5)}b\n${'1,'.repeat(1e5)}2\n` }),
  folderWith('rows of every length', { 'a.csv': Array.from({ length: 30 }, (_, i) => '1,'.repeat(i)).join('\n') }),
  folderWith('text cut within a character', { 'a.csv': Buffer.from(`${table()}s99,1,2,ä`).subarray(0, -1) }),
  folderWith('UTF-16 cut within a character', { 'a.csv': Buffer.from(`\ufeff${table()}`, 'utf16le').subarray(0, -1) }),
  folderWith('halves of surrogates', {
    'a.csv': Buffer.from(`\ufeff${table(12, 'id,a,b,kind', '\ud800')}`, 'utf16le'),
  }),
  folderWith('control characters in cells', { 'a.csv': table(12, 'id,a,b,kind', '\u001b[2J\u0007') }),
  folderWith('numbers beyond all bounds', { 'a.csv': table().replace('.5', 'e999').replace('.5', 'e-999') }),
  folderWith('infinities', { 'a.csv': table().replaceAll('.5', ' inf') }),
  folderWith('formulas in cells', { 'a.csv': table(12, 'id,a,b,kind', "=cmd|'/c calc'!A") }),
  folderWith('columns of one name', { 'a.csv': table(12, 'id,a,a,a') }),
  folderWith('a column called as an object’s insides', { 'a.csv': table(12, 'id,__proto__,constructor,toString') }),
  folderWith('samples called as an object’s insides', { 'a.csv': table().replace('s3', '__proto__').replace('s4', 'constructor') }), // prettier-ignore
  folderWith('samples of one name', { 'a.csv': table().replace('s3', 's4') }),
  folderWith('samples without names', { 'a.csv': table().replace(/^s\d+/gm, '') }),
  folderWith('text called .png', { 'a.png': 'no picture', 'b.png': 'no picture' }),
  folderWith('a picture that claims 60,000 x 60,000 pixels', { 'a.png': claimingPng(60_000) }),
  folderWith('a picture that claims no pixels', { 'a.png': claimingPng(0) }),
  folderWith('an array that claims 10^15 values', { 'a.npy': npyOf('(1000000000000000,)') }),
  folderWith('an array of a negative shape', { 'a.npy': npyOf('(-4, 2)') }),
  folderWith('an array without values', { 'a.npy': npyOf('(0,)') }),
  folderWith('an array of Python objects', { 'a.npy': npyOf('(8,)', '|O') }),
  folderWith('an array whose header is code', { 'a.npy': npy(`__import__('os').system('true')`, new Uint8Array(8)) }),
  folderWith('an archive that unpacks to 600 MB', { 'a.npz': zipSync({ 'a.npy': npyOf('(75000000,)'), 'b.npy': new Uint8Array(6e8) }, { level: 1 }) }), // prettier-ignore
  folderWith('an archive with ways out', { 'a.npz': zipSync({ '../../evil.npy': npyOf('(8,)'), '/etc/evil.npy': npyOf('(8,)') }) }), // prettier-ignore
  folderWith('an archive of archives', { 'a.npz': zipSync({ 'b.npz': zipSync({ 'a.npy': npyOf('(8,)') }) }) }),
  folderWith('a workbook that is an archive of nothing', { 'a.xlsx': zipSync({}) }),
  folderWith('a workbook with entities within entities', {
    'a.xlsx': zipSync({
      '[Content_Types].xml': Buffer.from(
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Types>&b;</Types>',
      ),
      'xl/workbook.xml': Buffer.from('<workbook>&b;</workbook>'),
    }),
  }),
  folderWith('names of files that act on a terminal', { 'a\u001b[31m\u0007.csv': table() }),
  folderWith('a name of a file with a line end', { 'a\nb.csv': table() }),
  folderWith('a name that turns its direction', { 'a\u202evsc.csv': table() }),
  folderWith('a name that looks like an option', { '--project.csv': table() }),
  folderWith('a name of 250 characters', { [`${'n'.repeat(246)}.csv`]: table() }),
  {
    name: 'links round and to nowhere beside a table',
    make: async (folder) => {
      await symlink('round', join(folder, 'round'))
      await symlink('/nowhere/at/all.csv', join(folder, 'nowhere.csv'))
      await symlink('.', join(folder, 'self'))
      await writeFile(join(folder, 'table.csv'), table())
      return undefined
    },
  },
  {
    name: 'a link to itself as source',
    make: async (folder) => {
      await symlink('round', join(folder, 'round'))
      return join(folder, 'round')
    },
  },
  {
    name: 'folders called as pictures',
    make: async (folder) => {
      for (const name of ['a.png', 'b.png', 'c.csv']) await mkdir(join(folder, name))
      return undefined
    },
  },
  {
    name: 'folders thirty deep',
    make: async (folder) => {
      const deep = join(folder, ...Array.from({ length: 30 }, (_, i) => `d${i}`))
      await mkdir(deep, { recursive: true })
      await writeFile(join(deep, 'a.csv'), table())
      return undefined
    },
  },
  {
    name: 'pictures of every size and depth',
    make: async (folder) => {
      for (let i = 1; i <= 4; i++)
        await sharp({ create: { width: 7 * i, height: 5, channels: i % 2 === 0 ? 3 : 4, background: '#123456' } })
          .png()
          .toFile(join(folder, `p${i}.png`))
      return undefined
    },
  },
  { name: 'a path with a zero byte', make: (folder) => Promise.resolve(`${folder}/a\0b`) },
  { name: 'a path of 5,000 characters', make: (folder) => Promise.resolve(`${folder}/${'n'.repeat(5000)}`) },
  ...(process.platform === 'win32' ? [] : pipes),
  ...(process.platform === 'linux' ? kernels : []),
]
