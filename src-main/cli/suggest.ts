import type { Suggestion } from '../../src-shared/domain/suggestion.ts'
import type { EngineName, Method } from '../../src-shared/domain/run.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { nodesWords, suggestionWords, verdictWords } from '../../src-shared/findings/suggestion-words.ts'
import { usualModalities } from '../../src-shared/config/used-modalities.ts'
import { settingsOf } from '../../src-shared/methods/available.ts'
import { parseConfig, withSetting } from '../../src-shared/config/parse.ts'
import { defaultThreads } from '../compute/threads.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { estimateSuggestion, suggestNodes } from '../services/suggestion.ts'
import { chooseDataset } from './choose-dataset.ts'
import { onInterrupt } from './interrupt.ts'
import { requireEngine, requireModalities } from './require.ts'
import { shellWord } from './shell-word.ts'
import { clock, type Terminal } from './terminal.ts'
import { textTable } from './text-table.ts'

export interface SuggestOptions {
  readonly project: string
  readonly dataset?: number
  readonly method: Method
  /** `image,curve` */
  readonly modalities?: string
  readonly maxNodes: number
  readonly set: readonly string[]
  readonly seed: number
  readonly engine: EngineName | 'auto'
  readonly threads?: number
}

/** `suggest`: how many nodes and categories the samples speak for, and what was compared. Nothing is written. */
export async function suggest(terminal: Terminal, options: SuggestOptions): Promise<void> {
  const { method } = options
  await requireEngine(options.engine)
  const project = openProjectReadOnly(options.project)
  const ending = new AbortController()
  const release = onInterrupt(() => ending.abort())
  try {
    const dataset = chooseDataset(terminal, project, options.dataset)
    const chosen = options.modalities === undefined ? [] : [`modalities=${options.modalities}`]
    let given: unknown = {}
    for (const assignment of [...options.set, ...chosen]) given = withSetting(method, given, assignment)
    const asked = parseConfig(method, given)
    requireModalities(asked.modalities, dataset.modalities)
    const modalities =
      asked.modalities.length > 0 ? asked.modalities : usualModalities(dataset.modalities, settingsOf(method))
    const config = { ...asked, modalities }
    const { seed, engine, maxNodes: mostNodes, threads = null } = options
    const seconds = estimateSuggestion({
      dataset,
      method,
      config,
      engine: engine === 'auto' ? 'wasm' : engine,
      threads: threads ?? defaultThreads(),
      known: [],
    })
    terminal.message(
      `Comparing up to ${mostNodes} nodes on ${dataset.name}, ${dataset.samples} samples: about ${clock(seconds)}.`,
    )
    const started = performance.now()
    const found = await suggestNodes(
      project,
      { datasetId: dataset.id, method, config, seed, engine, threads, mostNodes },
      {
        signal: ending.signal,
        report: (label, fraction) => {
          const elapsed = (performance.now() - started) / 1000
          const secondsLeft = fraction > 0.05 ? (elapsed * (1 - fraction)) / fraction : null
          terminal.progress({ label, fraction, secondsLeft })
        },
      },
    )
    const { headline, details } = suggestionWords(found)
    await terminal.result({ headline, details, ...found }, suggestionText(found, options))
  } catch (error) {
    if (!ending.signal.aborted) throw error
    throw new CausalscopeError(
      { code: 'interrupted', message: 'The comparison was interrupted; nothing was written.', hint: '', details: {} },
      { cause: error },
    )
  } finally {
    release()
    terminal.finish()
    project.close()
  }
}

function suggestionText(found: Suggestion, options: SuggestOptions): string {
  const { headline, details } = suggestionWords(found)
  const figure = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits))
  const rows = found.candidates.map(({ nodes, outcomes, logLikelihood, agreement, residual, nullP, verdict }) => [
    nodesWords(nodes),
    String(outcomes),
    figure(logLikelihood, 2),
    figure(agreement, 2),
    figure(residual, 2),
    figure(nullP, 2),
    verdict === 'few' && nodes.length === 0 ? 'there are clusters' : verdictWords[verdict],
  ])
  const header = ['nodes', 'outcomes', 'held-out nats', 'agreement', 'residual', 'p', '']
  const train =
    found.nodes.length === 0
      ? []
      : [
          `Train with: causalscope train --project ${shellWord(options.project)} --method ${options.method} --nodes ${found.nodes.join(',')}`,
        ]
  return [headline, ...details, textTable([header, ...rows]), ...train].join('\n')
}
