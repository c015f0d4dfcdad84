/** The causal complete cause in words. */
import type { PhaseWords } from '../method.ts'

/** What the window calls the settings, by their dotted place in the configuration. */
export const settingLabels: Readonly<Record<string, string>> = {
  profile: 'Form of the method',
  label: 'Label',
  'features.run': 'Learnt on',
  'networks.fusion': 'Fusion of the modalities',
  'networks.features': 'Features of a modality',
  'networks.hidden': 'Widths of the layers',
  'networks.representation': 'Size of the representation',
  'terms.necessity': 'Necessity counts',
  'terms.instrument': 'The instrument counts',
  'terms.feasibility': 'Feasibility counts',
  'weights.necessity': 'Weight of necessity',
  'weights.instrument': 'Weight of the instrument',
  'weights.feasibility': 'Weight of feasibility',
  'weights.distance': 'Weight of the attention’s distance',
  'counterfactual.direction': 'Direction of the counterfactual',
  'counterfactual.radius': 'First step of the counterfactual',
  'counterfactual.doublings': 'Doublings of the step at most',
  'counterfactual.bound': 'Bound of the step',
  'robustness.draws': 'Draws of each corruption',
  'training.epochs': 'Epochs',
  'training.batchSize': 'Batch size',
  'training.learningRate': 'Learning rate',
  'training.split': 'Column of the split',
  'training.leaveOut': 'Modalities left out at random',
  'training.testFraction': 'Kept for measuring',
  'training.validationFraction': 'Kept for validation',
  'training.base': 'Compared with the base',
  'training.checkpointSteps': 'Checkpoint every',
  'training.checkpointKeepEvery': 'Keep a checkpoint every',
}

/** What the terms of the score and of the loss are called. */
export const termNames: Readonly<Record<string, string>> = {
  sufficiencyRisk: 'Risk: label not found',
  necessityRisk: 'Risk: twin keeps it',
  crossEntropy: 'Cross-entropy',
  necessity: 'Necessity term',
  instrument: 'Instrument term',
  feasibility: 'Feasibility term',
}

export const phases: Readonly<Record<string, PhaseWords>> = {
  base: { doing: 'Training the base to compare with', begins: null, figures: ['accuracy'] },
  whole: { doing: 'Learning what is needed and enough', begins: 'with the regulariser', figures: ['accuracy'] },
}
