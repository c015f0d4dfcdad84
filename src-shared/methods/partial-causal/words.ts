/** The partial causal model in words. */
import type { PhaseWords } from '../method.ts'

/** What the window calls the settings, by their dotted place in the configuration. */
export const settingLabels: Readonly<Record<string, string>> = {
  profile: 'Form of the loss',
  geometry: 'Latent space',
  'latent.size': 'Latent size',
  'temperature.start': 'Temperature at the start',
  'temperature.learnt': 'Temperature is learnt',
  'networks.hidden': 'Widths of the layers',
  'training.steps': 'Training',
  'training.batchSize': 'Batch size',
  'training.learningRate': 'Learning rate',
  'training.validationFraction': 'Kept for validation',
  'training.checkpointSteps': 'Checkpoint every',
  'training.checkpointKeepEvery': 'Keep a checkpoint every',
  'unmixing.components': 'Components',
  'unmixing.maxIterations': 'Rounds of FastICA at most',
  'unmixing.tolerance': 'Tolerance of FastICA',
}

/** What the terms of the score are called. */
export const termNames: Readonly<Record<string, string>> = { loss: 'Contrastive loss' }

export const phases: Readonly<Record<string, PhaseWords>> = {
  contrast: {
    doing: 'Learning what the measurements share',
    begins: null,
    figures: ['temperature'],
  },
}
