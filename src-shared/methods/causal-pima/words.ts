/** causalPIMA in words. */
import type { PhaseWords } from '../method.ts'

/** What the window calls the settings, by their dotted place in the configuration. */
export const settingLabels: Readonly<Record<string, string>> = {
  nodes: 'Nodes',
  'latent.size': 'Latent size',
  'training.pretrainEpochs': 'Pre-training',
  'training.pretrainSteps': 'Pre-training at least',
  'training.balance': 'Measurements count',
  'training.epochs': 'Joint training',
  'training.batchSize': 'Batch size',
  'training.learningRate': 'Learning rate',
  'training.patience': 'Patience',
  'training.validationFraction': 'Kept for validation',
  'training.klWarmupEpochs': 'KL warm-up',
  'training.modalityDropout': 'Modality dropout',
  'training.checkpointSteps': 'Checkpoint every',
  'training.checkpointKeepEvery': 'Keep a checkpoint every',
  'dag.lambda': 'Cost of an edge',
  'dag.temperature': 'Final temperature',
  'dag.restarts': 'Restarts',
  'dag.steps': 'Steps of a restart',
  'dag.learningRate': 'Learning rate of the graph',
  'mixture.readings': 'Mixtures fitted',
  'mixture.assignmentRestarts': 'Restarts of the reading',
  'mixture.retryAbove': 'Begin again where chance is above',
  'mixture.retries': 'Begin again at most',
  'mixture.oracles': 'Clusters are looked for',
  'mixture.damping': 'Damping',
  'mixture.varianceFloor': 'Smallest variance',
  'mixture.responsibilities': 'Responsibilities',
  noise: 'Decoder noise',
  experts: 'Expert decoders',
  'knowledge.forbidden': 'Forbidden edges',
  'knowledge.required': 'Required edges',
  'knowledge.tiers': 'Tiers',
  'knowledge.scopes': 'Scopes',
  'knowledge.intervened': 'Which node was set',
}

/** What the terms of the ELBO are called. */
export const termNames: Readonly<Record<string, string>> = {
  reconstruction: 'Reconstruction',
  clusterEvidence: 'Cluster evidence',
  posteriorEntropy: 'Posterior entropy',
  kl: 'KL divergence',
}

export const phases: Readonly<Record<string, PhaseWords>> = {
  pretrain: { doing: 'Learning to rebuild the measurements', begins: null, figures: [] },
  again: {
    doing: 'Learning once more to rebuild the measurements',
    begins: 'pre-training begins again',
    startsOver: true,
    figures: [],
  },
  joint: { doing: 'Learning clusters and graph', begins: 'clusters and graph begin', figures: ['temperature'] },
}
