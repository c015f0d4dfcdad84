/** What inference gathers: modalities and metadata columns as a description names them. */
import { basename } from 'node:path'
import type { DataDescription, ModalityDescription } from '../../src-shared/domain/dataset.ts'

export type MetadataDescription = NonNullable<DataDescription['metadata']>[number]

export interface Inferred {
  readonly modalities: ModalityDescription[]
  readonly metadata: MetadataDescription[]
}

/** A folder's name, or what it holds for the source's own folder. */
export function folderName(folder: string, otherwise: string): string {
  return folder === '.' ? otherwise : basename(folder)
}
