/** The part of the WebAssembly interface used here; the Node types leave it out and the DOM's would bring a browser. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, Memory | Global | ((...values: number[]) => number)>>
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number; shared?: boolean })
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Global {
    constructor(descriptor: { value: 'i32' | 'f32'; mutable?: boolean }, value: number)
    value: number
  }
  interface Module {
    readonly [brand]: 'module'
  }
  const brand: unique symbol
  const Module: new (bytes: Uint8Array) => Module
  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Record<string, unknown>
  }
  function validate(bytes: Uint8Array): boolean
  function compile(bytes: Uint8Array): Promise<Module>
}
