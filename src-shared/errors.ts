/**
 * Errors are for the scientist who meets them: what happened, to which file, row or field, and what to do.
 * Everything that crosses a process boundary carries this shape as data.
 */

/** `refused`: the request or input cannot be accepted, nothing was written. `failed`: the work itself failed. */
export type ErrorCode = 'refused' | 'failed' | 'interrupted'

export interface ErrorDetails {
  readonly file?: string
  readonly row?: number
  readonly field?: string
  readonly id?: string
  readonly [key: string]: unknown
}

export interface ErrorData {
  readonly code: ErrorCode
  readonly message: string
  /** What the reader can do about it. */
  readonly hint: string
  readonly details: ErrorDetails
}

export class CausalscopeError extends Error {
  override readonly name = 'CausalscopeError'
  readonly code: ErrorCode
  readonly hint: string
  readonly details: ErrorDetails

  constructor(data: ErrorData, options?: ErrorOptions) {
    super(data.message, options)
    this.code = data.code
    this.hint = data.hint
    this.details = data.details
  }

  toData(): ErrorData {
    return { code: this.code, message: this.message, hint: this.hint, details: this.details }
  }
}

/** The request or the input is refused: exit code 2 on the command line. */
export function refused(message: string, hint = '', details: ErrorDetails = {}): CausalscopeError {
  return new CausalscopeError({ code: 'refused', message, hint, details })
}

/** The work failed: exit code 1 on the command line. */
export function failed(message: string, hint = '', details: ErrorDetails = {}, cause?: unknown): CausalscopeError {
  return new CausalscopeError({ code: 'failed', message, hint, details }, { cause })
}

/** Any thrown value as error data; an unexpected one keeps its own message. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof CausalscopeError) return error.toData()
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'failed', message, hint: '', details: {} }
}
