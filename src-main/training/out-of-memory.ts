/** Running out of memory, as V8, WebAssembly, TensorFlow and GPU drivers put it. */
import { failed } from '../../src-shared/errors.ts'

const phrases =
  /out of memory|\bOOM\b|bad_alloc|allocation failed|failed to allocate|could not allocate|cannot allocate|RESOURCE_EXHAUSTED|ENOMEM/i

export const memoryAdvice =
  'Close other programs, or train with a smaller training.batchSize, fewer samples or smaller images.'

export function speaksOfMemory(text: string): boolean {
  return phrases.test(text)
}

/** An error of the tensor engine or of JavaScript that means lack of memory, in words; any other as it is. */
export function explainOutOfMemory(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'CausalscopeError' || !speaksOfMemory(error.message)) return error
  return failed(`The training ran out of memory (${error.message}).`, memoryAdvice, {}, error)
}
