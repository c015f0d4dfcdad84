/** Options of the command line as values, refused in words where they are none. */
import { InvalidArgumentError } from 'commander'
import { refused } from '../../src-shared/errors.ts'
import { readNamedText } from '../datasets/named-file.ts'

function wholeNumber(text: string, least: number): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`It must be a whole number, at least ${least}.`)
  return value
}

/** Ids, counts: 1 or more. */
export function positive(text: string): number {
  return wholeNumber(text, 1)
}

/** Seeds: 0 or more. */
export function natural(text: string): number {
  return wholeNumber(text, 0)
}

/** A share of something, 0 to 1. */
export function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1, e.g. 0.05.')
  return value
}

/** 0 or more. */
export function level(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('It must be a number, 0 or more.')
  return value
}

/** An option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

/** A JSON file that a person wrote. Throws `refused` naming the file and what is wrong with it. */
export function readJsonFile(file: string): unknown {
  const text = readNamedText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refused(
      `${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`,
      'Check for a missing comma, bracket or quotation mark at that place.',
      { file },
    )
  }
}
