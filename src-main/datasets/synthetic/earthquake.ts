/** Earthquake: Korb and Nicholson, Bayesian Artificial Intelligence (2nd ed. 2010), chapter 2, as in the bnlearn repository. */
import type { BayesianNetwork } from './bayesian-network.ts'

const categories = ['True', 'False']

export const earthquake: BayesianNetwork = {
  name: 'earthquake',
  source: 'Korb and Nicholson 2010',
  nodes: [
    { name: 'Burglary', categories, parents: [], table: { '': [0.01, 0.99] } },
    { name: 'Earthquake', categories, parents: [], table: { '': [0.02, 0.98] } },
    {
      name: 'Alarm',
      categories,
      parents: ['Burglary', 'Earthquake'],
      table: {
        'True,True': [0.95, 0.05],
        'False,True': [0.29, 0.71],
        'True,False': [0.94, 0.06],
        'False,False': [0.001, 0.999],
      },
    },
    { name: 'JohnCalls', categories, parents: ['Alarm'], table: { True: [0.9, 0.1], False: [0.05, 0.95] } },
    { name: 'MaryCalls', categories, parents: ['Alarm'], table: { True: [0.7, 0.3], False: [0.01, 0.99] } },
  ],
}
