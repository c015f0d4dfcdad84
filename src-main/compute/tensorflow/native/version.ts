/** Which versions of TensorFlow tfjs-node's binding works with. */

/** tfjs-node 4.22 is released with the C library of 2.9; older ones lack functions that it calls. */
const oldest = { major: 2, minor: 9 }
/** Every op and gradient of the models was compared on these. */
const tried = ['2.12.0', '2.16.2', '2.21.0'] as const
const lastTriedMinor = 21

export type Verdict =
  | { readonly accepted: true; readonly words: string }
  | { readonly accepted: false; readonly words: string; readonly hint: string }

const advice = `Take another version: ${tried.join(', ')} were tried.`

/** What is to be said of a version such as `2.16.2` or `2.18.0-rc1`; null: nothing beside the library tells it. */
export function verdictOn(version: string | null): Verdict {
  if (version === null) return { accepted: true, words: 'of a version that only the library itself can tell' }
  const [, major, minor] = /^(\d+)\.(\d+)\b/.exec(version) ?? []
  if (major === undefined || minor === undefined)
    return { accepted: false, words: `"${version}" is no version of TensorFlow.`, hint: advice }
  if (Number(major) !== oldest.major || Number(minor) < oldest.minor) {
    const why = Number(major) > oldest.major ? 'newer' : 'older'
    const range = `${oldest.major}.${oldest.minor} to ${oldest.major}.x`
    return {
      accepted: false,
      words: `TensorFlow ${version} is ${why} than what tfjs-node's binding works with (${range}).`,
      hint: advice,
    }
  }
  if (tried.some((one) => one === version)) return { accepted: true, words: 'a version that was tried' }
  const place = Number(minor) > lastTriedMinor ? 'newer than' : 'among'
  return {
    accepted: true,
    words: `${place} the versions that were tried (${tried.join(', ')}); whether its numbers are right decides`,
  }
}
