import type { Bridge } from '../src-shared/contract.ts'

declare global {
  interface Window {
    /** Put into the page by its host before any script runs. */
    readonly causalscope: Bridge
  }
}
