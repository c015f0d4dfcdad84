/** An error as text to copy into a message to a colleague: what happened, what to do, where. */
import type { ErrorData } from '../../src-shared/errors.ts'

export function errorText({ message, hint, details }: Pick<ErrorData, 'message' | 'hint' | 'details'>): string {
  const where = Object.entries(details)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `${name}: ${String(value)}`)
  return [message, hint, ...where].filter((line) => line !== '').join('\n')
}
