/**
 * Where causalPIMA draws its lines: every threshold that decides what is done or said, in one place
 * (causal-pima.md sections 4, 5 and 7).
 */
export const thresholds = {
  /** An edge exists where E_ij is above this at the final temperature. */
  edge: 0.5,
  /** Restarts whose BIC is this close to the best graph's are equally good readings, nats. */
  tieNats: 2,

  /** A gap below this says that another number of clusters, or other ones, would do as well. */
  clearGap: 1.5,
  /** A single node has no residual to judge by: right clusterings of well-separated digits have gaps of 4 to 9, wrong ones up to 2.4. */
  unclearGap: 3,
  /**
   * Where a reading's memberships leave open at most `sharpBlur`, clusters stand apart, and readings that leave open more than
   * `clearBlur` cut through samples: on latents of grains-stress and cells-growth the joint NMI of a reading falls with its
   * blur (.98 at .002, .93 at .026), while its gap says nothing. Where clusters overlap (droplets, penguins: .0095 and more)
   * the sharpest readings are those with tiny clusters, and blur says nothing either.
   */
  sharpBlur: 0.005,
  clearBlur: 0.01,
  /** Readings whose gap is below this share of the clearest one's are passed over. */
  clearEnough: 0.5,
  /** The same among readings of modalities alone, all of which are sharp. */
  clearEnoughAlone: 0.8,

  /** Clusters of one modality alone count from this gap on: what they are worth shows when they are intersected. */
  oracleGap: 1.3,
  /** ... and from this sharpness on: pieces of Gaussians and of curved continua have .6 to .95, clusters 1. */
  oracleSharpness: 0.98,
  /** A cluster of one modality with a smaller share may be the far samples of another, unless it stands quite apart. */
  oracleStragglers: 0.02,
  /** A joint cluster of several modalities exists from this share of the samples on; ... */
  oracleCell: 4e-3,
  /** ... at most this share may lie in none of them; ... */
  oracleStray: 0.05,
  /** ... and at least this share of the outcomes must have one. */
  oracleCells: 0.75,
  /** Modalities whose clusters are as sharp as this and give every outcome by their combinations go before all others. */
  productSharpness: 0.999,
  /** What classifying samples as the clusters of modalities alone do counts beside the ELBO, in nats a nat; drawn on one family (docs/results.md); ... */
  guidance: 30,
  /** ... half of it where these leave so much open. */
  guidanceDoubt: 5e-4,
  /** It doubles after every epoch whose model does not hold its guide, up to so many times; less often for guides in doubt. */
  guidanceGrowth: 32,
  /** A model holds its guide where it puts so many of the samples where the guide does, ... */
  guideHeld: 0.995,
  /** ... fewer where the guide leaves more open: so many times that is allowed. */
  guideOpen: 10,
  /** Where so many more are lost than may be, the result says so. */
  guideLost: 0.05,

  /**
   * Clusters are suggested from this sharpness on, and where parts of the samples have each of them by this much (Jaccard).
   * True ones have 0.9999 and .95 at least (circles, lattices, digits and four families, three seeds each), one too many
   * .92 or less, or a sharpness of .9991 or less.
   */
  suggestedSharpness: 0.9995,
  replicatedCluster: 0.94,
  /** One cluster and a few far samples are one cluster: the second largest has at least this share. */
  secondCluster: 0.05,

  /** A modality rebuilt so many times worse than by a model of it alone is drowned by the others. */
  drowned: 3,
  /**
   * A law misses curves where it leaves so many times what as many free directions do: right laws leave as much at most,
   * wrong ones more than this unless noise drowns the difference (npm run bench -- laws); ...
   */
  lawMisses: 1.5,
  /** ... and at least this share of their variance: less is no matter. */
  lawLeaves: 1e-3,
  /** A modality alone tells a node from this agreement beyond chance on; ... */
  tells: 0.5,
  /** ... and below this one it does not. */
  silent: 0.2,
  /** Fewer samples than this say nothing of how well one modality alone tells a node. */
  fewestCompared: 20,

  /** What a labelled sample in a contradicted outcome costs, against a residual of about 1. */
  labelWeight: 10,
  /** Labels that contradict the clusters by more than this share mean clusters that overlap. */
  labelMisfit: 0.05,
  /** Names that clusters without structure would have with a higher probability call for another pre-training, unless the configuration says otherwise. */
  retryNull: 0.2,
  /** Clusters whose names cost at most this much more than the cheapest are as well named: of these the sharpest are taken. */
  equalClusters: 0.03,
  /** Names count as decided where means without product structure are named as well with at most this probability. */
  namingNull: 0.05,
  /** Components spread in a direction where their variance along it is at least this share of the largest. */
  leastDirection: 0.005,
  /** A component with less than this much of a sample in a modality was not seen through it, whatever its mean there. */
  seenFrom: 0.5,
  /** A modality names components where chance would set their means so far apart with at most this probability, ... */
  lookPValue: 0.01,
  /** ... and where at most this share of their squared distances is noise. */
  lookNoise: 0.5,

  /** A component, or a row of a table, with a smaller share of the samples rests on next to nothing. */
  emptyShare: 1e-3,
  /** Epochs in a row after which an empty component is re-seeded. */
  reseedAfter: 5,
} as const
