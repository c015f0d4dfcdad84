/**
 * A result of the causal complete cause in sentences (causal-complete.md section 5): how well the label is told, what the
 * regulariser made of it, what is needed and what is enough. The same result always gives the same words.
 */
import { type Finding, type Findings, info, warning } from '../../findings/finding.ts'
import { list, percent } from '../../findings/words.ts'
import { type CausalCompleteBody, losses, subsetsOf, type Told } from './result.ts'

/** Accuracy that may be lost before a part of the measurements counts as needed, or lacking before it is not enough. */
const noticeable = 0.02
/** Samples nearer to another label than this share of the median are said to be. */
const near = 0.1

const points = (difference: number): string => (100 * difference).toFixed(1)
const two = (x: number): string => x.toFixed(2)
const within = ({ low, high }: Told['accuracy']): string => `95 %: ${percent(low)} to ${percent(high)}`

function headline({ label, told: { accuracy }, majority, measured, measuredOn, base }: CausalCompleteBody): string {
  if (accuracy.low <= majority)
    return `No sign that the measurements tell ${label} better than always saying its most frequent class: ${percent(accuracy.value)} against ${percent(majority)} of ${measured} ${measuredOn} samples.`
  const start = `${label} is told right for ${percent(accuracy.value)} of ${measured} ${measuredOn} samples (${within(accuracy)})`
  if (base === null) return `${start}.`
  const { gain } = base
  if (gain.low > 0) return `${start}, ${points(gain.value)} points more than without the regulariser.`
  if (gain.high < 0) return `${start}, ${points(-gain.value)} points less than without the regulariser.`
  return `${start}; the regulariser makes no difference beyond chance.`
}

function baseFinding({ base, told, measured }: CausalCompleteBody): Finding {
  if (base === null)
    return info(
      'support',
      'The base was not trained beside it: what the regulariser adds is not known (training.base).',
    )
  const { gain } = base
  const interval = `95 %: ${points(gain.low)} to ${points(gain.high)} points`
  const risk = ({ sufficiencyRisk, necessityRisk }: Told): string => two(sufficiencyRisk + necessityRisk)
  const text = `Without the regulariser the same network, from the same draws and on the same ${measured} samples, tells ${percent(base.told.accuracy.value)}: a difference of ${points(gain.value)} (${interval}). The C3 risk is ${risk(told)} with it and ${risk(base.told)} without.`
  if (gain.high < 0) return warning('support', `${text} The regulariser harms here.`)
  return info('support', gain.low > 0 ? text : `${text} That is no evidence that it helps.`)
}

function sourceFinding({ learntOn }: CausalCompleteBody): Finding[] {
  if (learntOn === null) return []
  const measured = learntOn.heldOut > 0 ? ` It is measured on samples that run ${learntOn.run} had kept aside.` : ''
  return [info('support', `The label is told from what run ${learntOn.run} makes of the measurements, as it is: none of its encoders was moved.${measured}`)] // prettier-ignore
}

function riskFinding({ told, direction, weights }: CausalCompleteBody): Finding {
  const { sufficiencyRisk, necessityRisk } = told
  const where =
    direction === 'away'
      ? 'a step away from the label'
      : 'a step towards the label, the sign that the paper prints (it makes the label more likely, so this part is high by construction)'
  const off = Object.entries(weights).flatMap(([name, weight]) => (weight === 0 ? [name] : []))
  const ablated = off.length === 0 ? '' : ` Switched off: ${list(off)}.`
  return info(
    'support',
    `Risk of being no sufficient cause ${two(sufficiencyRisk)} (the label is not found), no necessary one ${two(necessityRisk)} (it is still told after ${where}).${ablated}`,
  )
}

function modalityFindings(body: CausalCompleteBody): Finding[] {
  const { modalities, told } = body
  if (modalities.length < 2) return []
  const all = told.accuracy.value
  const alone = subsetsOf(body).filter((set) => set.modalities.length === 1)
  const enough = alone.filter(({ accuracy }) => accuracy >= all - noticeable)
  const needed = losses(body).filter(({ value }) => value > noticeable)
  const numbers = alone.map(({ modalities: [name], accuracy }) => `${name!} ${percent(accuracy)}`)
  const enoughWords =
    enough.length === 0
      ? 'None is enough by itself'
      : `${list(enough.map(({ modalities: [name] }) => name!))} ${enough.length === 1 ? 'is' : 'are each'} enough by ${enough.length === 1 ? 'itself' : 'themselves'} within ${percent(noticeable)}`
  const neededWords =
    needed.length === 0
      ? 'none is missed when it alone is left out'
      : `${list(needed.map(({ name, value }) => `${name} (${points(value)} points lost without it)`))} ${needed.length === 1 ? 'is' : 'are'} needed`
  return [
    info('support', `Told from one modality alone: ${numbers.join(', ')}. ${enoughWords}; ${neededWords}.`),
    info(
      'meaning',
      body.leftOut === 0
        ? 'The network was trained with every modality that a sample has: one trained on a part of them may do better on it.'
        : `In training a sample's modality was left out with a chance of ${percent(body.leftOut)}.`,
    ),
  ]
}

/** The corruptions of all modalities together, the worst first. */
function robustnessFinding({ robustness, modalities, told }: CausalCompleteBody): Finding[] {
  const all = robustness
    .filter(({ kind, modalities: changed }) => kind === 'corrupted' && changed.length === modalities.length)
    .sort((a, b) => a.accuracy - b.accuracy)
  if (all.length === 0) return []
  const each = all.map(({ corruption, accuracy, base }) => {
    const beside = base === null ? '' : ` (base ${percent(base.accuracy)})`
    return `${corruption}: ${percent(accuracy)}${beside}`
  })
  return [info('support', `With measurements corrupted, against ${percent(told.accuracy.value)} as they are: ${each.join('; ')}.`)] // prettier-ignore
}

function fragileFinding({ fragile, medianFragility }: CausalCompleteBody): Finding {
  const close = fragile.filter(({ fragility }) => fragility < near * medianFragility)
  const [first] = fragile
  const which =
    first === undefined
      ? ''
      : ` The most fragile is ${first.id}: ${first.told} becomes ${first.instead} after a change of ${first.fragility.toPrecision(2)}.`
  const count = close.length === fragile.length ? `At least ${close.length}` : String(close.length)
  return info(
    'support',
    `The label of half of the samples changes only after their representation moves by ${two(medianFragility)} of the samples' spread. ${count} ${close.length === 1 ? 'sample is' : 'samples are'} ten times nearer to another label.${which}`,
  )
}

function calibrationFinding({ temperature, told }: CausalCompleteBody): Finding[] {
  if (temperature === 1)
    return [warning('support', 'Too few samples could be kept for validation: the probabilities are not calibrated.')]
  const bias = temperature > 1 ? 'surer than it was right' : 'less sure than it was right'
  return [
    info('support', `Probabilities are calibrated on the validation samples (temperature ${two(temperature)}: before, the network was ${bias}); how sure it is then differs from how often it is right by ${two(told.calibrationError)} on average.`), // prettier-ignore
  ]
}

export function findings(body: CausalCompleteBody, warnings: readonly string[]): Findings {
  const { measuredOn, measured, told, classes } = body
  const seen =
    measuredOn === 'training'
      ? [warning('support', `Measured on the ${measured} samples that were learnt from, since none was kept: all numbers are too high.`)] // prettier-ignore
      : []
  const chosen =
    measuredOn === 'validation'
      ? [warning('support', `Measured on the ${measured} samples that the best epoch was chosen by: numbers are somewhat too high.`)] // prettier-ignore
      : []
  const rare = classes.filter((one) => measuredOn === 'test' && one.test < 5)
  const few =
    rare.length === 0
      ? []
      : [warning('support', `Fewer than 5 samples of ${list(rare.slice(0, 5).map(({ name }) => name))} were measured: little can be said of ${rare.length === 1 ? 'it' : 'them'}.`)] // prettier-ignore
  const balance = info(
    'support',
    `Always saying the most frequent class would be right for ${percent(body.majority)}. Mean over the ${classes.length} classes of the share that is found: ${percent(told.balancedAccuracy)}.`,
  )
  const details = [
    ...seen,
    ...chosen,
    ...few,
    ...sourceFinding(body),
    baseFinding(body),
    riskFinding(body),
    balance,
    ...modalityFindings(body),
    ...robustnessFinding(body),
    fragileFinding(body),
    ...calibrationFinding(body),
    info(
      'meaning',
      'Needed and enough are said of the representation for telling this label in samples like these. That a change of what was measured would change the label itself rests on no hidden common cause and is not tested here.',
    ),
  ]
  return {
    headline: headline(body),
    provisional: true,
    details: [
      ...details.filter(({ severity }) => severity === 'warning'),
      ...details.filter(({ severity }) => severity === 'info'),
    ],
    notes: [...warnings],
  }
}
