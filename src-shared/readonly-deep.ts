/** All the way down; arrays stay arrays and tuples tuples. */
export type ReadonlyDeep<T> = unknown extends T ? T : { readonly [K in keyof T]: ReadonlyDeep<T[K]> }
