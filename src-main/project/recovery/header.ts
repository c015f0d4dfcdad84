/**
 * The first hundred bytes of a project file. All but a few are the same in every project, or follow from the file's size:
 * one of them lost must not make the rest unreadable.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { applicationId, notAProject, sqliteMagic } from '../foreign.ts'

const headerBytes = 100
const usualPageSize = 16384

const isPageSize = (size: number, bytes: number): boolean =>
  size >= 512 && size <= 65536 && (size & (size - 1)) === 0 && bytes >= size

/** As it is written, where the number of pages written beside it agrees; else the one that all projects are made with. */
function pageSizeOf(header: Buffer, bytes: number): number {
  const written = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  const pages = header.readUInt32BE(28)
  const agrees = (size: number): boolean => isPageSize(size, bytes) && size * pages === bytes
  return [written, usualPageSize, 4096].find(agrees) ?? (isPageSize(written, bytes) ? written : usualPageSize)
}

/**
 * Puts right what can only have one value, in a copy of the damaged file. `named` is what the person knows the file as.
 * @param logged a log lies beside it, which SQLite is to play in
 * Throws `refused` where too little of it is as in a project.
 */
export function mendHeader(copy: string, named: string, logged: boolean): void {
  const descriptor = openSync(copy, 'r+')
  try {
    const { size } = fstatSync(descriptor)
    const header = Buffer.alloc(headerBytes)
    const read = readSync(descriptor, header, 0, headerBytes, 0)
    if (read < headerBytes) throw notAProject(named, header.subarray(0, read))
    const magic = header.toString('latin1', 0, sqliteMagic.length)
    const alike = Array.from(magic).filter((letter, i) => letter === sqliteMagic[i]).length
    const ours = header.readUInt32BE(68) === applicationId || (logged && header.readUInt32BE(68) === 0)
    // One of the two may be lost, not both.
    if (alike < sqliteMagic.length - (ours ? 4 : 0)) throw notAProject(named, header)
    const pageSize = pageSizeOf(header, size)
    if (!ours && pageSize !== usualPageSize) throw notAProject(named, header)
    header.write(sqliteMagic, 0, 'latin1')
    header.writeUInt16BE(pageSize === 65536 ? 1 : pageSize, 16)
    header.fill(logged ? 2 : 1, 18, 20)
    header.set([0, 64, 32, 32], 20)
    if (!logged) {
      header.writeUInt32BE(Math.floor(size / pageSize), 28)
      header.copy(header, 92, 24, 28)
    }
    header.writeUInt32BE(4, 44)
    header.fill(0, 52, 56)
    header.writeUInt32BE(1, 56)
    header.fill(0, 64, 68)
    header.writeUInt32BE(applicationId, 68)
    header.fill(0, 72, 92)
    writeSync(descriptor, header, 0, headerBytes, 0)
  } finally {
    closeSync(descriptor)
  }
}
