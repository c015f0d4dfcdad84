/** From a step and the modality it is applied to, to what it does to each sample. */
import { alignedPoints } from '../../../src-shared/preparations/curve-steps.ts'
import { spacing } from '../../../src-shared/preparations/grid.ts'
import { cropOf } from '../../../src-shared/preparations/image-steps.ts'
import type { Described, Fitted, Step } from '../../../src-shared/preparations/recipe.ts'
import { numberOf, required } from '../../../src-shared/preparations/step.ts'
import { alignedTo, fitAlign } from './align-step.ts'
import { lineSpectrum, turnSpectrum } from './amplitudes.ts'
import { alsBaseline, polynomialBaseline } from './baseline.ts'
import {
  areaToOne,
  envelope,
  logarithm,
  maximumToOne,
  resampling,
  savitzkyGolay,
  standardNormalVariate,
} from './curves.ts'
import { alongDirections, fitGapDirections } from './gap-directions-step.ts'
import { type Fit, fitDropConstant, fitStandardise, keeping, standardising } from './fitted-steps.ts'
import { binPixels, colourOf, cropImage, stretchContrast, withoutBlur, withoutSurface } from './images.ts'
import { patternSpectrum } from './granulometry.ts'
import { quantilesOf } from './quantiles.ts'
import type { SampleStep } from './sample-step.ts'
import {
  curveSpectrum,
  type ImageSize,
  octaveBands,
  orientationSpectrum,
  powerSpectrum,
  radialProfile,
  radialSpectrum,
} from './spectra.ts'
import { textureOf } from './texture.ts'

/** What is counted over all samples before the step can be applied; null for a step that needs nothing of the kind. */
export function fitOf(step: Step, before: Described): Fit | null {
  if (step.step === 'standardise') return fitStandardise(before)
  if (step.step === 'drop-constant') return fitDropConstant(before)
  if (step.step === 'gap-directions') {
    // Recipes of older projects do not say how many may lie between.
    const any = numberOf(step, 'between') ?? 1
    return fitGapDirections(before, {
      any,
      upright: numberOf(step, 'upright') ?? any,
      alone: numberOf(step, 'alone') ?? 0,
    })
  }
  if (step.step === 'align') return fitAlign(alignedPoints(before.shape[0]!, required(step, 'share')))
  return null
}

/**
 * What the step does to a sample. `before` and `after` describe the modality around it; `fitted` are the step's numbers
 * where it has any.
 */
export function workOf(step: Step, before: Described, after: Described, fitted: Fitted): SampleStep {
  const grid = before.grid ?? []
  const size: ImageSize = [before.shape[0]!, before.shape[1] ?? 1, before.shape[2] ?? 1]
  const number = (name: string): number => required(step, name)
  const log = step.scale === 'log'
  const hann = step.taper === 'hann'
  switch (step.step) {
    case 'crop': {
      const first = grid.indexOf(after.grid?.[0] ?? NaN)
      return (values) => values.slice(first, first + after.shape[0]!)
    }
    case 'resample':
      return resampling(grid, after.grid ?? [])
    case 'baseline':
      return step.method === 'als'
        ? alsBaseline(number('lambda'), number('p'), number('iterations'))
        : polynomialBaseline(grid, number('degree'))
    case 'smooth':
      return savitzkyGolay(number('window'), number('degree'), 0, 1)
    case 'derivative':
      return savitzkyGolay(number('window'), number('degree'), number('order'), spacing(before))
    case 'area':
      return areaToOne(grid)
    case 'maximum':
      return maximumToOne
    case 'snv':
      return standardNormalVariate
    case 'log':
      return logarithm(step.base === 'e' ? 'e' : '10', number('offset'))
    case 'crop-image':
      return cropImage(size, cropOf(before, step))
    case 'bin':
      return binPixels(size, number('factor'))
    case 'background':
      return step.method === 'surface' ? withoutSurface(size, number('degree')) : withoutBlur(size, number('sigma'))
    case 'contrast':
      return stretchContrast(number('low'), number('high'))
    case 'power-spectrum':
      return before.kind === 'curve' ? curveSpectrum(size[0], log, hann) : powerSpectrum(size, log, hann)
    case 'octave-bands':
      return octaveBands(size[0], number('bands'), log, hann)
    case 'envelope':
      return envelope(size[0], log)
    case 'align':
      return alignedTo(fitted)
    case 'radial-profile':
      return radialProfile(size, after.shape[0]!)
    case 'radial-spectrum':
      return radialSpectrum(size, after.shape[0]!, log, hann)
    case 'orientation-spectrum':
      return orientationSpectrum(size, after.shape[0]!, hann)
    case 'line-spectrum':
      return lineSpectrum(size, step.along !== 'columns')
    case 'turn-spectrum':
      return turnSpectrum(size, after.shape[0]!, number('harmonics'))
    case 'quantiles':
      return quantilesOf(size, number('count'))
    case 'granulometry':
      return patternSpectrum(size, number('largest'))
    case 'texture':
      return textureOf(size, number('levels'), number('distance'))
    case 'colour':
      return colourOf(size)
    case 'standardise':
      return standardising(fitted)
    case 'drop-constant':
      return keeping(fitted)
    case 'gap-directions':
      return alongDirections(fitted)
    default:
      throw new Error(`the step ${step.step} has no work`)
  }
}
