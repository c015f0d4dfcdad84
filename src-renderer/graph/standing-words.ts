/** How an edge stands to the graph it is compared with, in words. */
import type { Standing } from './picture.ts'

export const standingWords: Readonly<Record<Exclude<Standing, 'plain'>, string>> = {
  shared: 'Both graphs have this edge',
  reversed: 'The other graph has it the other way round',
  'only-here': 'Only this graph has this edge',
  'only-there': 'Only the other graph has this edge',
}
