/** Cancer: Korb and Nicholson, Bayesian Artificial Intelligence (2nd ed. 2010), chapter 2, as in the bnlearn repository. */
import type { BayesianNetwork } from './bayesian-network.ts'

const truth = ['True', 'False']

export const cancer: BayesianNetwork = {
  name: 'cancer',
  source: 'Korb and Nicholson 2010',
  nodes: [
    { name: 'Pollution', categories: ['low', 'high'], parents: [], table: { '': [0.9, 0.1] } },
    { name: 'Smoker', categories: truth, parents: [], table: { '': [0.3, 0.7] } },
    {
      name: 'Cancer',
      categories: truth,
      parents: ['Pollution', 'Smoker'],
      table: {
        'low,True': [0.03, 0.97],
        'high,True': [0.05, 0.95],
        'low,False': [0.001, 0.999],
        'high,False': [0.02, 0.98],
      },
    },
    {
      name: 'Xray',
      categories: ['positive', 'negative'],
      parents: ['Cancer'],
      table: { True: [0.9, 0.1], False: [0.2, 0.8] },
    },
    { name: 'Dyspnoea', categories: truth, parents: ['Cancer'], table: { True: [0.65, 0.35], False: [0.3, 0.7] } },
  ],
}
