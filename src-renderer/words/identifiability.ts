/** What a finding may claim, in the words of docs/identifiability.md, short. */

interface Passage {
  readonly title: string
  readonly text: readonly string[]
}

export const identifiability: readonly Passage[] = [
  {
    title: 'Three questions in a row',
    text: [
      'Which samples belong together? The mixture in the latent space says; it fails where clusters overlap, or where there are more or fewer than the nodes have joint outcomes.',
      'Which joint outcome is each cluster? Anchors say, or the search for names; it fails where several names fit equally well.',
      'Which edges join the nodes? The sizes of the clusters alone say; several graphs can imply the same sizes, and few samples say little. A wrong answer to the second question gives a wrong graph here, however well the model fits.',
    ],
  },
  {
    title: 'Arrows: only up to Markov equivalence',
    text: [
      'Graphs that imply the same independences fit equally well: A → B and B → A always do. The data fix the class of such graphs, and an edge keeps its arrow where all of them agree. Two causes of one effect that are not joined themselves fix arrows; three nodes that are all joined have none.',
      'Edges whose direction is not fixed are dashed and have no head; the sentence on top never says “drives” for them.',
      'A fixed arrow is a claim about causes only if no unmeasured cause acts on two of the nodes, samples were not selected by an effect of two nodes, and the nodes are the causes and not stand-ins. The same data cannot tell; an intervention can: vary the one, see whether the other follows.',
    ],
  },
  {
    title: 'Names: the symmetry of components',
    text: [
      'Other names of the same clusters describe other nodes and fit alike. So what a node means comes from outside: an anchor ties it to a column that is known for some samples; without anchors, a node is taken to alter what is measured in about the same way wherever it changes. That is an assumption about the instrument, not a theorem.',
      'The residual is what this leaves unexplained. Near 0, every node acts by itself; towards 1, the names say no more than chance. Readings that fit equally are shown side by side.',
    ],
  },
  {
    title: 'What survives',
    text: [
      'One training is provisional. Replicates train again on parts of the samples: nodes that return are supported, edges are stated by their probability over all graphs, arrows where direction is fixed as well. State what survives, and say that it was replicated.',
    ],
  },
]
