/** How the parts of a picture look, by what they say: the constants that every drawing shares. */
import type { ColourName } from '../colours.ts'
import { isOpen, type Standing } from '../graph/edge.ts'
import type { Match, PictureEdge } from './picture.ts'

export type LineKind = 'solid' | 'dashed' | 'dotted'

/** Lengths of dash and gap. */
export const dashes: Readonly<Record<LineKind, readonly number[]>> = { solid: [], dashed: [7, 5], dotted: [2, 4] }

export interface EdgeLook {
  readonly width: number
  readonly line: LineKind
  readonly colour: ColourName
  readonly opacity: number
}

/** Colours of edges by how they stand to the other graph. */
export const matchColours: Readonly<Record<Match, ColourName>> = {
  plain: 'text-2',
  shared: 'good',
  loose: 'warn',
  reversed: 'warn',
  'only-here': 'bad',
  'only-there': 'bad',
}

/** Line width of an edge of strength E in (0.5, 1): from 1.5 to 4 units; weaker ones, while they form, are thinner. */
export function edgeWidth(strength: number): number {
  const firm = Math.min(1, Math.max(0, (strength - 0.5) / 0.5))
  return strength < 0.5 ? 0.75 + 1.5 * Math.max(0, strength) : 1.5 + 2.5 * firm
}

/** Of what is not supported. */
export const faintness = 0.45

/** Of what may be, or what nobody has tested yet. */
const halfFaintness = 0.7

export function lineKind({
  fromMark,
  toMark,
  standing,
  match,
  assumed = false,
}: Pick<PictureEdge, 'fromMark' | 'toMark' | 'standing' | 'match' | 'assumed'>): LineKind {
  if (standing === 'unsupported' || match === 'only-there') return 'dotted'
  if (assumed) return standing === 'supported' ? 'solid' : 'dashed'
  return isOpen({ fromMark, toMark }) ? 'dashed' : 'solid'
}

/** Outlines of nodes: whole where they are supported, or nobody has tested yet whether they return. */
export const nodeLines: Readonly<Record<Standing, LineKind>> = {
  supported: 'solid',
  provisional: 'solid',
  tentative: 'dashed',
  unsupported: 'dotted',
}

function edgeOpacity({ standing, strength, assumed = false }: PictureEdge): number {
  if (standing === 'unsupported') return faintness
  if (assumed) return standing === 'supported' ? 1 : halfFaintness
  // Edges that are only beginning to form are faint too.
  return Math.min(1, 0.25 + strength * 1.5)
}

export function edgeLook(edge: PictureEdge): EdgeLook {
  return {
    width: edgeWidth(edge.strength),
    line: lineKind(edge),
    colour: matchColours[edge.match],
    opacity: edgeOpacity(edge),
  }
}

/** Length of an arrow head, which is as wide as long, and diameter of a circle. */
export function endSize(width: number): number {
  return 8 + 1.5 * width
}

/** Room between a node's border and the end of an edge. */
export const endGap = 3

export const edgeLabelSize = 11

export const cornerRadius = 10
export const borderWidth = 1.5
