/** `what-if`: nodes are set, the model answers. `graph`: the graph alone answers. */
export type QuestionKind = 'what-if' | 'graph'
