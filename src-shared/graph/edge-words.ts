/** Edges in signs and words. */
import { type EndMark, type Ends, isBidirected, isDirected, isOpen, type Standing } from './edge.ts'

const left: Readonly<Record<EndMark, string>> = { tail: '-', arrow: '<', circle: 'o' }
const right: Readonly<Record<EndMark, string>> = { tail: '-', arrow: '>', circle: 'o' }

/** As Tetrad and causal-learn write it: `A --> B`, `A --- B`, `A o-> B`, `A o-o B`, `A <-> B`. */
export function edgeText({ from, to, fromMark, toMark }: Ends<string>): string {
  return `${from} ${left[fromMark]}-${right[toMark]} ${to}`
}

const leftSign: Readonly<Record<EndMark, string>> = { tail: '', arrow: '←', circle: '∘' }
const rightSign: Readonly<Record<EndMark, string>> = { tail: '', arrow: '→', circle: '∘' }

/** The sign between the two names, for people: →, —, ∘→, ∘—∘, ↔. */
export function edgeSign(marks: Pick<Ends, 'fromMark' | 'toMark'>): string {
  if (isBidirected(marks)) return '↔'
  const dash = isOpen(marks) ? '—' : ''
  return `${leftSign[marks.fromMark]}${dash}${rightSign[marks.toMark]}`
}

/** `A → B`. */
export function edgeSigns({ from, to, ...marks }: Ends<string>): string {
  return `${from} ${edgeSign(marks)} ${to}`
}

/** What an edge's direction rests on. @param given something that was known beforehand went into the graph */
export function directionWords(edge: Ends & { readonly standing: Standing }, given: boolean): string {
  if (isDirected(edge)) return given ? 'fixed by the data and what was given' : 'fixed by the data'
  return edge.standing === 'provisional' ? 'not tested yet' : 'open'
}

/**
 * What the marks say: "A drives B", "A and B are linked, direction open", "an unmeasured cause acts on A and B". An arrow
 * that is not supported says what may be.
 */
export function edgeWords(edge: Ends<string>, standing: Standing): string {
  const { from, to, fromMark, toMark } = edge
  const drives = standing === 'supported' ? 'drives' : 'may drive'
  if (isDirected(edge)) return `${from} ${drives} ${to}`
  if (fromMark === 'arrow' && toMark === 'tail') return `${to} ${drives} ${from}`
  if (isBidirected(edge)) return `an unmeasured cause acts on ${from} and ${to}`
  if (isOpen(edge)) return `${from} and ${to} are linked, direction open`
  const [cause, effect] = toMark === 'arrow' ? [from, to] : [to, from]
  return `${effect} does not drive ${cause}: ${cause} or an unmeasured cause does drive it`
}

/** Words beside an edge or node; nothing where it is supported. */
export const standingWords: Readonly<Record<Standing, string>> = {
  supported: '',
  tentative: 'tentative',
  unsupported: 'not supported',
  provisional: 'provisional',
}
