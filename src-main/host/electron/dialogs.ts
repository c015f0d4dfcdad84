/** The system's dialogs for each purpose the page can name. */
import type { FileDialog } from '../host.ts'
import type { DialogPart } from './parts.ts'

const project = { name: 'Causalscope project', extensions: ['causalscope'] }
const data = [
  {
    name: 'Tables, arrays and images',
    extensions: ['csv', 'tsv', 'txt', 'npy', 'npz', 'png', 'jpg', 'jpeg', 'tif', 'tiff'],
  },
  { name: 'All files', extensions: ['*'] },
]

async function open(
  parts: DialogPart,
  { title, suggestion }: FileDialog,
  rest: Pick<Parameters<DialogPart['showOpenDialog']>[0], 'properties' | 'filters'>,
): Promise<string | null> {
  const answer = await parts.showOpenDialog({
    title,
    ...(suggestion === null ? {} : { defaultPath: suggestion }),
    ...rest,
  })
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

async function save(
  parts: DialogPart,
  { title, suggestion }: FileDialog,
  filters: { name: string; extensions: string[] }[],
): Promise<string | null> {
  const answer = await parts.showSaveDialog({
    title,
    ...(suggestion === null ? {} : { defaultPath: suggestion }),
    filters,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return answer.canceled || answer.filePath === '' ? null : answer.filePath
}

/** The chosen path, or null when the dialog was closed. */
export async function pick(parts: DialogPart, dialog: FileDialog): Promise<string | null> {
  switch (dialog.purpose) {
    case 'open-project':
      return open(parts, dialog, { properties: ['openFile'], filters: [project] })
    case 'open-data-file':
      return open(parts, dialog, { properties: ['openFile'], filters: data })
    case 'open-data-folder':
      return open(parts, dialog, { properties: ['openDirectory'] })
    case 'export-folder':
      return open(parts, dialog, { properties: ['openDirectory', 'createDirectory'] })
    case 'save-project':
      return save(parts, dialog, [project])
    case 'save-file':
      return save(parts, dialog, [])
  }
}
