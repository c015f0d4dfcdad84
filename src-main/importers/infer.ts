/**
 * A description for an ordinary folder or file: images by folder, curves and tables by their columns, arrays by their
 * shapes. What it infers is read back by the same code that reads a description written by hand.
 */
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import { inferArrays } from './infer-arrays.ts'
import { inferImages } from './infer-images.ts'
import { inferTables } from './infer-tables.ts'
import type { Inferred } from './inferred.ts'
import type { Library } from './library.ts'
import type { Reading } from './reading.ts'
import { unquoted } from './sources.ts'

const longestName = 180

export async function inferDescription(
  library: Library,
  given: DataDescription,
  reading: Reading,
): Promise<DataDescription> {
  const found: Inferred = { modalities: [], metadata: [] }
  await inferImages(library, found, reading)
  await inferArrays(library, found, reading)
  const tables: Inferred = { modalities: [], metadata: [] }
  inferTables(library, tables, reading, given.modalities === undefined && given.metadata === undefined)
  shortenColumns(tables)
  found.modalities.push(...tables.modalities)
  found.metadata.push(...tables.metadata)
  onceOnly(found)
  nameApart(found)
  return {
    name: given.name ?? library.tree.name,
    ...(given.samples === undefined ? {} : { samples: given.samples }),
    ...(given.text === undefined ? {} : { text: given.text }),
    modalities: given.modalities ?? found.modalities,
    metadata: given.metadata ?? found.metadata,
    missing: given.missing ?? 'keep',
    shortCurves: given.shortCurves ?? 'leave-out',
    ...(given.turningCurves === undefined ? {} : { turningCurves: given.turningCurves }),
    ...(given.replicates === undefined ? {} : { replicates: given.replicates }),
    faults: given.faults ?? 'refuse',
    ...(given.preparations === undefined ? {} : { preparations: given.preparations }),
  }
}

/** A metadata column goes by its own name where no other table has it. */
function shortenColumns({ metadata }: Inferred): void {
  const short = (column: string): string => unquoted(column.slice(column.indexOf(':') + 1))
  const counts = Map.groupBy(metadata, ({ column }) => short(column))
  metadata.forEach(({ column, kind }, i) => {
    if (counts.get(short(column))!.length === 1) metadata[i] = { column: short(column), kind }
  })
}

/** Images and curves in the same class folders give one category. */
function onceOnly({ metadata }: Inferred): void {
  const seen = new Set<string>()
  for (const { column, kind } of metadata.splice(0)) {
    if (seen.has(column)) continue
    seen.add(column)
    metadata.push({ column, kind })
  }
}

function nameApart({ modalities }: Inferred): void {
  const names = new Map<string, number>()
  modalities.forEach((modality, i) => {
    const name = modality.name.slice(0, longestName)
    const times = (names.get(name) ?? 0) + 1
    names.set(name, times)
    modalities[i] = { ...modality, name: times > 1 ? `${name} ${times}` : name }
  })
}
