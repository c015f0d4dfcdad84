/** Asia, or chest clinic: Lauritzen and Spiegelhalter, JRSS B 50 (1988) 157-224, as in the bnlearn repository. */
import type { BayesianNetwork } from './bayesian-network.ts'

const categories = ['yes', 'no']

export const asia: BayesianNetwork = {
  name: 'asia',
  source: 'Lauritzen and Spiegelhalter 1988',
  nodes: [
    { name: 'asia', categories, parents: [], table: { '': [0.01, 0.99] } },
    { name: 'tub', categories, parents: ['asia'], table: { yes: [0.05, 0.95], no: [0.01, 0.99] } },
    { name: 'smoke', categories, parents: [], table: { '': [0.5, 0.5] } },
    { name: 'lung', categories, parents: ['smoke'], table: { yes: [0.1, 0.9], no: [0.01, 0.99] } },
    { name: 'bronc', categories, parents: ['smoke'], table: { yes: [0.6, 0.4], no: [0.3, 0.7] } },
    {
      name: 'either',
      categories,
      parents: ['lung', 'tub'],
      table: { 'yes,yes': [1, 0], 'no,yes': [1, 0], 'yes,no': [1, 0], 'no,no': [0, 1] },
    },
    { name: 'xray', categories, parents: ['either'], table: { yes: [0.98, 0.02], no: [0.05, 0.95] } },
    {
      name: 'dysp',
      categories,
      parents: ['bronc', 'either'],
      table: { 'yes,yes': [0.9, 0.1], 'no,yes': [0.7, 0.3], 'yes,no': [0.8, 0.2], 'no,no': [0.1, 0.9] },
    },
  ],
}
