/** What the signs of a picture mean: of those that it has. */
import type { ColourName } from '../colours.ts'
import { lineKind, type LineKind, matchColours, nodeLines } from './look.ts'
import type { GraphPicture, Match } from './picture.ts'

export interface LegendEntry {
  /** The sign: a wedge for width, a text, a line, or a node's outline. */
  readonly sign:
    | 'width'
    | { readonly text: string }
    | { readonly line: LineKind; readonly colour: ColourName }
    | { readonly outline: LineKind }
  readonly words: string
}

const lineWords: Readonly<Record<Exclude<LineKind, 'solid'>, string>> = {
  dashed: 'direction not stated',
  dotted: 'not supported: gone when the data are looked at again',
}

const outlineWords: Readonly<Record<Exclude<LineKind, 'solid'>, string>> = {
  dashed: 'tentative: returns in part when the data are looked at again',
  dotted: 'not supported: does not return',
}

/** How an edge stands to the graph it is compared with, in words. */
export const matchWords: Readonly<Record<Exclude<Match, 'plain'>, string>> = {
  shared: 'Both graphs have this edge',
  loose: 'Both join the two, one fixes a direction that the other leaves open',
  reversed: 'The other graph has it the other way round',
  'only-here': 'Only this graph has this edge',
  'only-there': 'Only the other graph has this edge',
}

export function legendOf({ nodes, edges, judged, dashed }: GraphPicture): readonly LegendEntry[] {
  if (dashed !== undefined) return [{ sign: { line: 'dashed', colour: 'text-2' }, words: dashed }]
  const own = edges.filter(({ match }) => match !== 'only-there')
  const entries: LegendEntry[] = own.length === 0 ? [] : [{ sign: 'width', words: 'wider: stronger edge' }]
  if (judged) entries.push({ sign: { text: '0.9' }, words: 'probability of the edge' })
  for (const line of ['dashed', 'dotted'] as const)
    if (own.some((edge) => lineKind(edge) === line))
      entries.push({ sign: { line, colour: 'text-2' }, words: lineWords[line] })
  if (own.some(({ fromMark, toMark }) => fromMark === 'circle' || toMark === 'circle'))
    entries.push({ sign: { text: '○' }, words: 'this end is left open by the data' })
  for (const outline of ['dashed', 'dotted'] as const)
    if (nodes.some(({ standing, part }) => part === undefined && nodeLines[standing] === outline))
      entries.push({ sign: { outline }, words: outlineWords[outline] })
  return entries
}

/** The colours of a comparison; nothing without one. */
export function matchLegend({ edges }: GraphPicture): readonly LegendEntry[] {
  return (['shared', 'loose', 'reversed', 'only-here', 'only-there'] as const).flatMap((match) =>
    edges.some((edge) => edge.match === match)
      ? [
          {
            sign: { line: match === 'only-there' ? 'dotted' : 'solid', colour: matchColours[match] },
            words: matchWords[match],
          },
        ]
      : [],
  )
}
