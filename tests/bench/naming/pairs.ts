/** A picture that shows the first two factors beside a curve that shows the last two. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { curves } from './curves.ts'
import { images } from './images.ts'
import type { Instrument, Measure } from './instrument.ts'

const together = [
  ['notched ring', 'decay'],
  ['blobs', 'damped oscillation'],
  ['particles', 'diode'],
  ['grain', 'load and unload'],
  ['cell with a nucleus', 'growth'],
  ['diffraction spots', 'dose and response'],
  ['droplet', 'relaxation'],
  ['stripes', 'one peak'],
] as const

function drawn(instruments: readonly Instrument[], name: string, parameters: RandomStream): Measure {
  return instruments.find((instrument) => instrument.name === name)!.draw(parameters)
}

export const pairs: readonly Instrument[] = together.map(([image, curve]) => ({
  name: `${image} + ${curve}`,
  draw: (parameters) => {
    const [picture, trace] = [drawn(images, image, parameters), drawn(curves, curve, parameters)]
    return ([a, b, c], random) => [...picture([a, b, 0], random), ...trace([b, c, 0], random)]
  },
}))
