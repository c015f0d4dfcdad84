/** A file of what is known: JSON as in a configuration, or Tetrad's text. */
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { type Knowledge, knowledgeSchema } from '../../src-shared/knowledge/knowledge.ts'
import { isTetrad, knowledgeFromTetrad } from '../../src-shared/knowledge/tetrad.ts'
import { readNamedText } from '../datasets/named-file.ts'

/** Larger than any that twelve nodes could need. */
const mostBytes = 1 << 20

/** Throws `refused` naming the file, and the line or the field. */
export function readKnowledgeFile(file: string): Knowledge {
  return knowledgeOfText(readNamedText(file), file)
}

/** Of an option that may be left out. */
export function knownFrom(file: string | undefined): Knowledge | undefined {
  return file === undefined ? undefined : readKnowledgeFile(file)
}

/** @param file what the text is called in refusals */
function knowledgeOfText(text: string, file: string): Knowledge {
  if (text.length > mostBytes)
    throw refused(`${file} is too long to be a file of knowledge.`, 'Choose JSON, or Tetrad’s knowledge text.', {
      file,
    })
  if (isTetrad(text)) return knowledgeFromTetrad(text, file)
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), knowledgeSchema), text)
  if (read.success) return read.output
  const [issue] = read.issues
  const field = v.getDotPath(issue) ?? ''
  throw refused(
    `${file} is no file of knowledge${field === '' ? '' : `: ${field}`} (${issue.message}).`,
    'Write /knowledge as Tetrad does, or JSON with forbidden, required, tiers, scopes and intervened.',
    { file, ...(field === '' ? {} : { field }) },
  )
}
