/**
 * A result of the partial causal model in sentences (partial-causal.md section 6): what the measurements share, how firmly,
 * and which assumption each number rests on. The same result always gives the same words.
 */
import { type Finding, type Findings, info, warning } from '../../findings/finding.ts'
import { componentThresholds } from '../../findings/component-thresholds.ts'
import {
  type JudgedComponent,
  type JudgedCoupling,
  type JudgedPrivate,
  judgedCoupling,
} from '../../findings/judged-coupling.ts'
import { cardinal, estimateText, list, percent, sentence } from '../../findings/words.ts'
import type { ComponentJudgement } from '../../domain/component-judgement.ts'
import type { Told } from '../method.ts'
import { couplingOf, type PartialCausalBody } from './result.ts'

/** A component that the modalities tell alike to this degree is called coupled until replicates say more. */
const coupledFrom = 0.5
/** Less shared information than this, nats, is no sign of any. */
const hardlyShared = 0.1
/** Below this R2 a linear map of one side tells next to nothing of the other. */
const hardlyLinear = 0.1
/** Excess kurtosis this near to 0: FastICA has hardly anything to go by. */
const gaussianWithin = 0.3
/** Outputs this many times as far from uniform as chance makes them are not uniform. */
const farFromUniform = 1.5

/** Chance alone makes correlations of this many standard errors hardly ever. */
const chanceErrors = 3

const two = (x: number): string => x.toFixed(2)

/** @param information lower bound on what the names share, nats; where it is nothing they may share something all the same */
export function sharedWords(names: string, information: number): string {
  const told = two(information)
  return `${names} share at least ${told} nats${Number(told) > 0 ? '' : ', which shows nothing'}`
}

function uncertain({ modalities }: PartialCausalBody, { components }: JudgedCoupling): string[] {
  return components.flatMap(({ name }, c) =>
    modalities.every(({ kurtosis }) => Math.abs(kurtosis[c] ?? 0) < gaussianWithin) ? [name] : [],
  )
}

function headline(body: PartialCausalBody, { components, replicates }: JudgedCoupling): string {
  const { pairs, modalities } = body
  const names = list(modalities.map(({ modality }) => modality))
  if (pairs.every(({ collapsed }) => collapsed)) return `Nothing was learnt of what ${names} share: training collapsed.`
  const information = pairs.reduce((sum, pair) => sum + pair.information, 0) / pairs.length
  const shared = body.heldOut
    ? sharedWords(names, information)
    : `How much ${names} share cannot be told, since none of the ${body.measured} samples was kept aside`
  const strengths = (some: readonly JudgedComponent[]): string =>
    `correlation ${some.map(({ name, strength }) => `${name} ${two(strength)}`).join(', ')}`
  const counted = (some: readonly JudgedComponent[]): string =>
    `${some.length} of ${components.length} ${components.length === 1 ? 'component' : 'components'} ${some.length === 1 ? 'is' : 'are'}`
  if (replicates === 0) {
    if (!body.heldOut) return `${shared}: encoders learn pairs by heart.`
    const least = Math.max(coupledFrom, chanceErrors / Math.sqrt(body.measured))
    const coupled = components.filter(({ strength }) => strength >= least)
    if (coupled.length === 0 && information < hardlyShared) return `No sign that ${names} share anything beyond chance.`
    return `Provisional: ${shared}; in this training ${coupled.length === 0 ? 'no single component is coupled' : `${counted(coupled)} coupled (${strengths(coupled)}), in no stated direction`}; no replicate has tested yet which return.`
  }
  const supported = components.filter(({ standing }) => standing === 'supported')
  if (supported.length > 0)
    return `${shared}; ${counted(supported)} supported (${strengths(supported)}), in no stated direction.`
  if (components.every(({ returning }) => returning === null || returning.interval[0] <= 0))
    return information < hardlyShared
      ? `No sign that ${names} share anything beyond chance.`
      : `${shared}, but no component found in one part of the samples is coupled in another.`
  const partly = components.filter(({ standing }) => standing === 'tentative')
  return `${shared}, but no single component is supported: ${partly.length === 0 ? 'none returns' : `${list(partly.map(({ name }) => name))} ${partly.length === 1 ? 'returns' : 'return'} only in part`} in other parts of the samples.`
}

/** What each modality varies in alone, and how much of that returns. */
function privateFindings({ privates, replicates }: JudgedCoupling): Finding[] {
  return privates.flatMap(({ modality, components }): Finding[] => {
    const shares = list(components.map(({ name, explained }) => `${name} (${percent(explained)} of its variance)`))
    const some = (standing: JudgedPrivate['standing']): string[] =>
      components.flatMap((component) =>
        component.standing === standing && component.replicability !== null
          ? [`${component.name} by ${estimateText(component.replicability)}`]
          : [],
      )
    const firm = some('supported')
    const weak = [...some('tentative'), ...some('unsupported')]
    const loose = components.filter(({ halves }) => halves < componentThresholds.halves)
    const plane = components.filter(({ kurtosis }) => Math.abs(kurtosis) < gaussianWithin).map(({ name }) => name)
    const returns =
      replicates === 0
        ? ''
        : firm.length === 0
          ? ' None of them returns firmly enough to be stated.'
          : ` In other parts of the samples these return: ${list(firm)}.`
    return [
      info('clusters', `Components of ${modality} alone, beside what is coupled: ${shares}.${returns}`),
      ...(weak.length === 0
        ? []
        : [warning('nodes', `Other parts of the samples agree on ${list(weak)}: not enough to be stated.`)]),
      ...(loose.length === 0
        ? []
        : [
            warning(
              'meaning',
              `Halves of the samples that share none lay ${list(loose.map(({ name, halves }) => `${name} alike by ${two(halves)}`))} only: what these vary along together may be one thing in the plane, whose axes chance has laid.`,
            ),
          ]),
      info(
        'meaning',
        `${list(components.map(({ name }) => name))} ${components.length === 1 ? 'is an axis' : 'are axes'} of the measurement: what returns may still be bent, or turned against the causes.`,
      ),
      ...(plane.length < 2
        ? []
        : [
            info(
              'meaning',
              `${list(plane)} have about the kurtosis of a Gaussian: independence does not fix their axes, so they were laid along the largest variance.`,
            ),
          ]),
    ]
  })
}

/** Where nothing single is shared, what holds of one modality alone stands in the headline. */
function alone({ components, privates, replicates }: JudgedCoupling): string[] {
  if (replicates === 0 || components.some(({ standing }) => standing === 'supported')) return []
  const firm = privates.flatMap(({ components: own }) => own.filter(({ standing }) => standing === 'supported'))
  if (firm.length === 0) return []
  return [`What returns varies in one measurement alone: ${list(firm.map(({ name }) => name))}.`]
}

/** What trainings on other parts of the samples say. */
function returnFindings({ components, mcc }: JudgedCoupling, judgement: ComponentJudgement | null): Finding[] {
  if (judgement === null || judgement.replicates === 0 || mcc === null || judgement.space === null) return []
  const { replicates, planned, space } = judgement
  const trainings = replicates === 1 ? 'One training' : `${sentence(cardinal(replicates))} trainings`
  const said = (some: readonly JudgedComponent[]): string =>
    list(
      some.flatMap(({ name, replicability }) =>
        replicability === null ? [] : [`${name} by ${estimateText(replicability)}`],
      ),
    )
  const firm = components.filter(({ standing }) => standing === 'supported')
  const weak = components.filter(({ standing }) => standing !== 'supported')
  const uncoupled = weak.filter(
    ({ returning }) => returning !== null && returning.interval[0] < componentThresholds.coupled,
  )
  const agree = `${trainings} on other parts of the samples agree on`
  return [
    ...(replicates < planned ? [warning('nodes', `Only ${replicates} of ${planned} replicates are done.`)] : []),
    ...(weak.length === 0
      ? []
      : [warning('nodes', `${agree} ${said(weak)}, where 1 is the same component: not enough to be stated.`)]),
    ...(uncoupled.length === 0
      ? []
      : [
          warning(
            'nodes',
            `In these trainings, on samples that they did not see, the measurements tell ${list(uncoupled.map(({ name, returning }) => `${name} alike by ${estimateText(returning!)}`))}: hardly.`,
          ),
        ]),
    ...(firm.length === 0
      ? []
      : [info('nodes', `${agree} ${said(firm)}${weak.length === 0 ? ', where 1 is the same component' : ''}.`)]),
    info(
      'nodes',
      `Over all components these trainings agree by ${estimateText(mcc)} (MCC); a linear map of all of theirs tells ${estimateText(space)} of the run's (R2), whatever the axes.`,
    ),
  ]
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
      const text = heldOut
        ? `${sharedWords(`${first} and ${second}`, information)} (a lower bound, which cannot exceed the logarithm of the batch size).${linear}`
        : `The pairs of ${first} and ${second} that were learnt from are told apart by ${two(information)} nats: what they share and what was learnt by heart together.`
      return !heldOut || collapsed || (linearR2 !== null && linearR2 < hardlyLinear)
        ? warning('support', text)
        : info('support', text)
    }),
  ]
}

function assumptionFindings(body: PartialCausalBody, coupling: JudgedCoupling): Finding[] {
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
  const names = uncertain(body, coupling)
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

export function findings(body: PartialCausalBody, { components, names, warnings }: Told): Findings {
  const { modalities, notes } = body
  const coupling = judgedCoupling(couplingOf(body), components, names)
  const unsettled = modalities.filter(({ converged }) => !converged)
  const details = [
    ...returnFindings(coupling, components),
    ...couplingFindings(body),
    ...unsettled.map(({ modality, iterations, lastChange }) =>
      warning(
        'meaning',
        `FastICA did not settle on components of ${modality}: after ${iterations} rounds a direction still turned by ${lastChange.toExponential(1)}.`,
      ),
    ),
    ...privateFindings(coupling),
    ...assumptionFindings(body, coupling),
    info(
      'direction',
      'The link between the shared latents has no direction: the model does not ask which side causes the other, or whether something else causes both.',
    ),
  ]
  return {
    headline: [headline(body, coupling), ...alone(coupling)].join(' '),
    provisional: coupling.replicates === 0,
    details: [
      ...details.filter(({ severity }) => severity === 'warning'),
      ...details.filter(({ severity }) => severity === 'info'),
    ],
    notes: [...warnings, ...notes],
  }
}
