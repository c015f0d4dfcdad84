/** A path as one word of a shell command that a person may copy: quoted only where it must be. */
export function shellWord(path: string): string {
  return /^[\w./:@%+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
