/**
 * A result of the partial causal model in sentences (partial-causal.md section 6): what the measurements share, how firmly,
 * and which assumption each number rests on. The same result always gives the same words.
 */
import { type Finding, type Findings, info, warning } from '../../findings/finding.ts'
import { list } from '../../findings/words.ts'
import type { PartialCausalBody } from './result.ts'

/** A component that the modalities tell alike to this degree is called coupled. */
const coupledFrom = 0.5
/** Below this R2 a linear map of one side tells next to nothing of the other. */
const hardlyLinear = 0.1
/** Excess kurtosis this near to 0: FastICA has hardly anything to go by. */
const gaussianWithin = 0.3
/** Outputs this many times as far from uniform as chance makes them are not uniform. */
const farFromUniform = 1.5

const two = (x: number): string => x.toFixed(2)

function uncertain({ modalities, components }: PartialCausalBody): string[] {
  return components.flatMap(({ name }, c) =>
    modalities.every(({ kurtosis }) => Math.abs(kurtosis[c] ?? 0) < gaussianWithin) ? [name] : [],
  )
}

function headline(body: PartialCausalBody): string {
  const { pairs, components, modalities } = body
  const names = list(modalities.map(({ modality }) => modality))
  if (pairs.every(({ collapsed }) => collapsed)) return `Nothing was learnt of what ${names} share: training collapsed.`
  const coupled = components.filter(({ strength }) => strength >= coupledFrom)
  const information = pairs.reduce((sum, pair) => sum + pair.information, 0) / pairs.length
  const shared = `at least ${two(information)} nats`
  if (coupled.length === 0)
    return information < 0.1
      ? `No sign that ${names} share anything beyond chance.`
      : `${names} share ${shared}, but no single component is told alike by them.`
  const strengths = coupled.map(({ name, strength }) => `${name} ${two(strength)}`).join(', ')
  const count = coupled.length === 1 ? '1 component' : `${coupled.length} of ${components.length} components`
  return `${names} share ${shared}; ${count} ${coupled.length === 1 ? 'is' : 'are'} coupled (correlation ${strengths}), in no stated direction.`
}

function couplingFindings({ pairs, heldOut, measured, fitted, unmixing }: PartialCausalBody): Finding[] {
  const where = heldOut
    ? `on ${measured} samples that nothing was learnt from`
    : `on the ${measured} samples that were learnt from, since too few could be kept aside: they are too high`
  return [
    (heldOut ? info : warning)(
      'support',
      `Couplings are correlations measured ${where}; components were read by ${unmixing} from ${fitted} samples.`,
    ),
    ...pairs.map(({ first, second, information, linearR2, collapsed }) => {
      const linear =
        linearR2 === null ? '' : ` A linear map of ${first} explains ${two(Math.max(0, linearR2))} of ${second} (R2).`
      const text = `${first} and ${second} share at least ${two(information)} nats (a lower bound, which cannot exceed the logarithm of the batch size).${linear}`
      return collapsed || (linearR2 !== null && linearR2 < hardlyLinear)
        ? warning('support', text)
        : info('support', text)
    }),
  ]
}

function assumptionFindings(body: PartialCausalBody): Finding[] {
  const { geometry, modalities } = body
  const apart = modalities.filter(
    ({ uniformity, uniformityByChance }) => uniformity > farFromUniform * Math.max(uniformityByChance, 1e-3),
  )
  const space = geometry === 'sphere' ? 'on the sphere' : 'in the box'
  const numbers = modalities
    .map(
      ({ modality, uniformity, uniformityByChance }) =>
        `${modality} ${two(uniformity)} against ${two(uniformityByChance)} by chance`,
    )
    .join(', ')
  const names = uncertain(body)
  const dependence = modalities.map(({ modality, dependence: d }) => `${modality} ${two(d)}`).join(', ')
  return [
    apart.length > 0
      ? warning(
          'meaning',
          `That the latents come back up to a rotation or an order rests on their being uniform ${space}. The outputs of ${list(apart.map(({ modality }) => modality))} are not (distance from uniform: ${numbers}).`,
        )
      : info(
          'meaning',
          `The outputs are about uniform ${space}, as identification assumes (distance from uniform: ${numbers}).`,
        ),
    ...(names.length === 0
      ? []
      : [
          warning(
            'meaning',
            `${list(names)} ${names.length === 1 ? 'has' : 'have'} about the kurtosis of a Gaussian in every modality: a rotation of ${names.length === 1 ? 'it with others' : 'them'} would do as well, so what ${names.length === 1 ? 'it is' : 'they are'} called means little.`,
          ),
        ]),
    ...(geometry === 'sphere'
      ? [
          info(
            'meaning',
            'Latents that are uniform on a sphere look the same from every side: single components have a meaning only as far as they are independent, which a sphere does not give. Choose the box where single causes are sought.',
          ),
        ]
      : []),
    info(
      'meaning',
      `Components are taken for independent; where they were not fitted, two of them correlate by ${dependence} on average.`,
    ),
  ]
}

export function findings(body: PartialCausalBody, warnings: readonly string[]): Findings {
  const { modalities, notes } = body
  const unsettled = modalities.filter(({ converged }) => !converged)
  const details = [
    ...couplingFindings(body),
    ...unsettled.map(({ modality, iterations, lastChange }) =>
      warning(
        'meaning',
        `FastICA did not settle on components of ${modality}: after ${iterations} rounds a direction still turned by ${lastChange.toExponential(1)}.`,
      ),
    ),
    ...assumptionFindings(body),
    info(
      'direction',
      'The link between the shared latents has no direction: the model does not ask which side causes the other, or whether something else causes both.',
    ),
  ]
  return {
    headline: headline(body),
    provisional: true,
    details: [
      ...details.filter(({ severity }) => severity === 'warning'),
      ...details.filter(({ severity }) => severity === 'info'),
    ],
    notes: [...warnings, ...notes],
  }
}
