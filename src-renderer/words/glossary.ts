/** Every term and symbol that the window uses, once: tooltips and the list in Help are made from it. */

export interface Term {
  /** As it stands in the window. */
  readonly title: string
  readonly symbol?: string
  readonly meaning: string
}

export const glossary = {
  namesResidual: {
    title: 'Residual',
    meaning:
      'What the names of the clusters leave unexplained of how they differ, relative to names drawn by chance: 0 where every node acts by itself and alike everywhere, 1 where the names say nothing.',
  },
  sample: {
    title: 'Sample',
    meaning: 'One specimen or one trial: everything that was measured on it belongs together under one id.',
  },
  modality: {
    title: 'Modality',
    meaning: 'One way a sample was measured: an image, a curve, a vector of numbers.',
  },
  missing: {
    title: 'Missing modality',
    meaning: 'A sample without this measurement. It still takes part: the model uses what is there.',
  },
  metadata: {
    title: 'Metadata',
    meaning:
      'What is known about a sample besides its measurements, such as the plate or the alloy. Not used in training unless a node is anchored to it.',
  },
  node: {
    title: 'Node',
    meaning:
      'A discrete cause or effect that the model looks for behind the measurements, such as thin, medium, thick.',
  },
  categories: {
    title: 'Categories',
    symbol: 'K',
    meaning: 'How many values a node can take. Every combination of all nodes’ categories is one cluster.',
  },
  anchor: {
    title: 'Anchor',
    meaning:
      'Ties a node to a metadata column, so that its categories are the column’s values instead of discovered ones.',
  },
  outcome: {
    title: 'Joint outcome',
    symbol: 'C',
    meaning: 'One combination of categories, one for each node. The model has a cluster for each.',
  },
  component: {
    title: 'Component',
    meaning: 'A Gaussian cluster in the latent space; each stands for one joint outcome.',
  },
  responsibility: {
    title: 'Responsibility',
    symbol: 'γ',
    meaning: 'The probability that a sample belongs to a component, given all its measurements.',
  },
  latent: {
    title: 'Latent space',
    symbol: 'z',
    meaning: 'A few coordinates that stand for a sample: the network maps every measurement there and back.',
  },
  latentSize: {
    title: 'Latent size',
    symbol: 'l',
    meaning: 'Number of coordinates of the latent space. More hold more detail, fewer make clearer clusters.',
  },
  elbo: {
    title: 'ELBO',
    meaning:
      'Evidence lower bound, in nats per sample: how well the model explains the data, counting its own complexity. Higher is better; only runs on the same data can be compared.',
  },
  nats: {
    title: 'nats',
    meaning: 'Unit of information with the natural logarithm; 1 nat is 1.44 bits.',
  },
  validation: {
    title: 'Validation ELBO',
    meaning:
      'The ELBO of samples kept aside from training. When it stops rising while the training ELBO rises, the model learns by heart.',
  },
  reconstruction: {
    title: 'Reconstruction',
    meaning: 'How well a measurement is rebuilt from the latent space, as a log-likelihood in nats.',
  },
  clusterEvidence: {
    title: 'Cluster evidence',
    meaning: 'How well the latent positions fit the clusters and the clusters fit the graph.',
  },
  posteriorEntropy: {
    title: 'Posterior entropy',
    meaning:
      'How much room the model leaves for each sample’s latent position; the counterweight to placing it too exactly.',
  },
  kl: {
    title: 'KL divergence',
    meaning: 'How far the latent positions of the samples lie from a plain Gaussian during pre-training.',
  },
  temperature: {
    title: 'Temperature',
    symbol: 'β',
    meaning:
      'Softness of the edges while the graph is learned. It falls during training; at low temperature an edge is there or not.',
  },
  edgeStrength: {
    title: 'Edge strength',
    symbol: 'E',
    meaning: 'From 0 to 1: how firmly the learned graph holds an edge. Edges above 0.5 are drawn.',
  },
  edgeCost: {
    title: 'Cost of an edge',
    symbol: 'λ',
    meaning: 'Nats that an edge must earn to be kept. Higher values give sparser graphs.',
  },
  dag: {
    title: 'DAG',
    meaning: 'Directed acyclic graph: arrows from causes to effects, without circles.',
  },
  equivalence: {
    title: 'Direction not fixed',
    meaning:
      'Several graphs explain the data equally well and differ in this arrow: only an experiment or prior knowledge can tell.',
  },
  edgeProbability: {
    title: 'Probability of an edge',
    meaning:
      'Share of all graphs of these nodes, each weighed by how well it fits the counts of the samples, that have the edge; averaged over the run and its replicates.',
  },
  replicates: {
    title: 'Replicates',
    meaning:
      'Trainings of the whole procedure on other parts of the samples. What returns in them can be believed; what does not is no finding.',
  },
  restarts: {
    title: 'Restarts',
    meaning: 'How often the graph search is begun anew from random values; the best result counts.',
  },
  balance: {
    title: 'Balance of measurements',
    meaning:
      'An image has thousands of values, a curve some dozens. Counted by their number, the image would drown what only the curve shows; counted alike, each is learned.',
  },
  oracles: {
    title: 'Clusters of each measurement',
    meaning:
      'A factor that one kind of measurement alone shows stands out there, and may be lost where all are joined. Each is therefore also learned by itself, and its clusters are crossed with those of the others.',
  },
  pretrain: {
    title: 'Pre-training',
    meaning:
      'First part of a run: the networks learn to rebuild the measurements before clusters and graph are sought.',
  },
  joint: {
    title: 'Joint training',
    meaning: 'Second part of a run: networks, clusters and graph are learned together.',
  },
  epoch: {
    title: 'Epoch',
    meaning: 'One pass over all training samples.',
  },
  batch: {
    title: 'Batch size',
    meaning: 'Samples taken together in one training step. More use more memory.',
  },
  learningRate: {
    title: 'Learning rate',
    meaning: 'Size of a training step. Too large diverges, too small takes long.',
  },
  patience: {
    title: 'Patience',
    meaning: 'Epochs without a better validation ELBO after which training ends early; 0 never ends early.',
  },
  warmup: {
    title: 'KL warm-up',
    meaning: 'Epochs at the start over which the pull of the latent positions to the centre is slowly turned on.',
  },
  dropout: {
    title: 'Modality dropout',
    meaning:
      'How often training hides some of a sample’s measurements, so that the model learns to infer one from another.',
  },
  noise: {
    title: 'Decoder noise',
    symbol: 'σ²',
    meaning:
      'How exactly each modality is expected to be rebuilt: learned step by step, or set to the best value for each batch.',
  },
  expert: {
    title: 'Expert decoder',
    meaning: 'A curve described by a physical formula with a few parameters instead of a network.',
  },
  seed: {
    title: 'Seed',
    meaning: 'Start of all random numbers. The same seed, data, settings and engine give the same run again.',
  },
  engine: {
    title: 'Engine',
    meaning: 'What does the arithmetic on this machine: a GPU library, or WebAssembly on the processor.',
  },
  parameters: {
    title: 'Parameters',
    meaning: 'Numbers in the networks that training adjusts.',
  },
  checkpoint: {
    title: 'Checkpoint',
    meaning: 'A saved state of a run from which it can go on.',
  },
  scaling: {
    title: 'Scaling',
    meaning: 'Values are shifted and scaled for training; everything is shown in your units.',
  },
  shd: {
    title: 'SHD',
    meaning: 'Structural Hamming distance: edges to add, remove or turn to make one graph the other.',
  },
  mutualInformation: {
    title: 'Mutual information',
    symbol: 'I',
    meaning: 'How much knowing one node tells about the other, in nats; 0 when they are independent.',
  },
  residual: {
    title: 'Reading of the clusters',
    meaning:
      'Which cluster is called which outcome. The score says how unevenly a change of one node looks from place to place, relative to names drawn by chance (1); lower is better.',
  },
} as const satisfies Readonly<Record<string, Term>>

export type TermName = keyof typeof glossary
