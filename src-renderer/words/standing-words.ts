/** How firmly something may be stated, as a badge says it. */
import type { Standing } from '../../src-shared/graph/edge.ts'

export const standingBadges: Readonly<
  Record<Standing, { readonly words: string; readonly tone: 'good' | 'warn' | 'bad' | 'plain' }>
> = {
  supported: { words: 'supported', tone: 'good' },
  tentative: { words: 'tentative', tone: 'warn' },
  unsupported: { words: 'not supported', tone: 'bad' },
  provisional: { words: 'provisional', tone: 'plain' },
}
