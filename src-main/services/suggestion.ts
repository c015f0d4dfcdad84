/** How many nodes and categories to look for in a data set: compared in a process of its own, with which nothing is lost. */
import { fileURLToPath } from 'node:url'
import type { TrainJob } from '../../src-shared/domain/run.ts'
import { mostNodesCompared, type Suggestion } from '../../src-shared/domain/suggestion.ts'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import { usedModalities } from '../../src-shared/config/used-modalities.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import type { MethodConfig } from '../../src-shared/methods/method.ts'
import { roomOf } from '../models/methods.ts'
import { readDataset } from '../project/datasets.ts'
import { contentSha256, packFor } from '../project/packs.ts'
import { preparedNames } from '../project/preparations.ts'
import type { ReadableProject } from '../project/project.ts'
import { askOnce, lastWords } from '../training/ask-once.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'
import { parseReply, type SuggestJob } from '../training/suggest-messages.ts'
import { type EstimateRequest, estimateRun } from './estimate.ts'

export interface SuggestionRequest {
  readonly datasetId: number
  readonly method: Method
  /** Filled in; what it says of nodes does not matter. */
  readonly config: MethodConfig
  readonly seed: number
  readonly engine: TrainJob['engine']
  readonly threads: number | null
  readonly mostNodes: number
}

export interface SuggestionWatch {
  /** Aborting ends the process at once. */
  readonly signal: AbortSignal
  readonly report: (label: string, fraction: number) => void
  readonly spawn?: Spawn
}

/** Mixtures of one view of so many samples: what measured on one core of a laptop. */
const mixtureSecondsPerSample = 4e-3
const mixtureSecondsAtMost = 60

/** About how long it takes, seconds: pre-training on all modalities and on each alone, then mixtures of each. */
export function estimateSuggestion(
  request: Omit<EstimateRequest, 'cost'> & { readonly method: Method; readonly config: MethodConfig },
): number {
  const { dataset, method, config } = request
  const { pretraining } = roomOf(method).cost(config, dataset)
  const { secondsPerEpoch } = estimateRun({ ...request, cost: roomOf(method).cost(config, dataset) })
  const used = usedModalities(config, dataset).length
  const views = used > 1 ? 1 + used : 1
  const mixtures = views * Math.min(mixtureSecondsAtMost, mixtureSecondsPerSample * dataset.samples)
  return secondsPerEpoch * pretraining + mixtures
}

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/suggest-process.${extension}`, import.meta.url))
}

/** Throws `refused` for data without a modality, or when it was cancelled; `failed` when the process ended unexpectedly. */
export async function suggestNodes(
  project: ReadableProject,
  { datasetId, config, ...request }: SuggestionRequest,
  { signal, report, spawn = spawnNode }: SuggestionWatch,
): Promise<Suggestion> {
  if (request.mostNodes > mostNodesCompared)
    throw refused(`${request.mostNodes} nodes are too many to compare.`, `Compare up to ${mostNodesCompared}.`, {
      field: 'mostNodes',
    })
  if (readDataset(project.database, datasetId).modalities.length === 0)
    throw refused(
      'The data set has no modality, so there is nothing to find nodes in.',
      'Tie each node to a column of the table instead, e.g. --anchor Topology=topology.',
      { field: 'modalities' },
    )
  const { database } = project
  const names = preparedNames(database, datasetId, config)
  const content = names.length === 0 ? null : { names, sha256: contentSha256(database, datasetId, names) }
  const { packFile, sha256 } = await packFor(database, datasetId, content)
  return askOnce(processFile(), {
    ...{ spawn, signal, options: { heapLimitMb: null, steady: true } },
    job: () => ({ ...request, config, packFile, packSha256: sha256 }) satisfies SuggestJob,
    hear: (message) => {
      const reply = parseReply(message)
      if (reply.type === 'error') throw new CausalscopeError(reply.error)
      if (reply.type === 'done') return reply.suggestion
      report(reply.label, reply.fraction)
      return undefined
    },
    endedEarly: (exit) =>
      failed(
        `The process that compares nodes and categories ended unexpectedly. ${lastWords(exit)}`.trim(),
        'Try again, with fewer modalities or on another engine.',
      ),
  })
}
