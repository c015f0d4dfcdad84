/** How firmly something may be stated, as a badge says it. */
import { list, sentence } from '../../src-shared/findings/words.ts'
import type { Standing } from '../../src-shared/graph/edge.ts'

export const standingBadges: Readonly<
  Record<Standing, { readonly words: string; readonly tone: 'good' | 'warn' | 'bad' | 'plain' }>
> = {
  supported: { words: 'supported', tone: 'good' },
  tentative: { words: 'tentative', tone: 'warn' },
  unsupported: { words: 'not supported', tone: 'bad' },
  provisional: { words: 'provisional', tone: 'plain' },
}

const nodeWords: Readonly<Record<Standing, (names: string) => string>> = {
  supported: (names) => `${names} returned when other parts of the samples were trained on.`,
  tentative: (names) => `${names}: tentative, returned only in part.`,
  unsupported: (names) => `${names}: not supported, cut elsewhere in other parts of the samples.`,
  provisional: (names) => `${names}: provisional, whether this returns no replicate has tested yet.`,
}

/** How firmly the nodes behind clusters may be stated, in sentences. */
export function nodeStandingWords(nodes: readonly { readonly name: string; readonly standing: Standing }[]): string {
  return (Object.keys(nodeWords) as Standing[])
    .flatMap((standing) => {
      const names = nodes.filter((node) => node.standing === standing).map(({ name }) => name)
      return names.length === 0 ? [] : [sentence(nodeWords[standing](list(names)))]
    })
    .join(' ')
}
