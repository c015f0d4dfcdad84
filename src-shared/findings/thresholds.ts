/**
 * Where evidence becomes a statement: every threshold between what was measured of a finding and what is said of it.
 *
 * Arrows and joined pairs: `npm run bench -- arrows 300`, random DAGs of 3 and 4 binary nodes, known without error, with
 * four replicates. Of the half of the cases that set nothing, arrows stated that are right (share of the true ones kept):
 *   from     score      n = 1,000    n = 4,000
 *   .8       K2         .84 (.52)    .84 (.70)
 *            BDeu(1)    .72 (.51)    .75 (.69)
 *            BIC        .73 (.55)    .76 (.71)
 *   .9       K2         .89 (.29)    .89 (.53)
 *            BIC        .75 (.23)    .85 (.59)
 * Pairs stated as joined from .8 on are right in .99 and more. So K2, and .8.
 * Nodes: two trainings on overlapping two thirds agree by 1.0 in nodes that are true, by .46-.57 in nodes recovered in
 * part (NMI with the truth .44-.82), by .02-.28 in nodes of data without structure (stripes, circles, continuous blobs
 * with lines, Mechanical MNIST).
 */
export const evidenceThresholds = {
  /**
   * A node whose samples other trainings label alike by this much, beyond chance, is supported: the low end of the interval
   * counts, since pieces of a continuum can return by as much in the middle (a spiral cut across: .86, .78 to .95); ...
   */
  supportedNode: 0.8,
  /** ... by this much in the middle tentative, by less not supported. */
  tentativeNode: 0.4,
  /**
   * Readings whose costs differ by less than this share fit equally (`npm run bench -- naming --draws 3`, instruments
   * known without error, names that are right where they lead by so much and nothing else speaks against them: .01 45 of 45
   * in the half that set it, 33 of 33 and 22 of 22 in the others; 0 46 of 46, 39 of 41, 22 of 22; .03 38, 30 and 20, all right).
   */
  equalReading: 0.01,
  /** Readings that cost at most this much more than the best are kept beside it. */
  rivalTolerance: 0.1,
  /** Two readings share a node when they agree on it by this much. */
  sharedNode: 0.95,

  /** A pair is stated as joined from this mean probability on, ... */
  joined: 0.8,
  /** ... is tentative from this one on, ... */
  tentativeJoined: 0.5,
  /** ... and an arrow is stated from this mean probability of its direction on. */
  directed: 0.8,

  /** Tests of the independences that a graph implies, and FCI's: how often one is denied that holds. */
  independence: { alpha: 0.01, power: 0.9 },
  /** The dependence that these samples would have shown: found this often by a test of this size. */
  detectable: { alpha: 0.05, power: 0.9 },

  /** A modality of whose variance a model explains less than this is rebuilt no better than by its mean. */
  rebuilt: 0.02,
  /** Labels held out that the nodes contradict in more than this share are warned of. */
  contradictedLabels: 0.1,
} as const
