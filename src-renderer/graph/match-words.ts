/** How an edge stands to the graph it is compared with, in words. */
import type { Match } from './picture.ts'

export const matchWords: Readonly<Record<Exclude<Match, 'plain'>, string>> = {
  shared: 'Both graphs have this edge',
  loose: 'Both join the two, one fixes a direction that the other leaves open',
  reversed: 'The other graph has it the other way round',
  'only-here': 'Only this graph has this edge',
  'only-there': 'Only the other graph has this edge',
}
