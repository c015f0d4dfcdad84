/** Sets in which nothing, or nothing across modalities, is to be found: what a method claims on them is false. */
import type { Generator } from '../sample-set.ts'
import { blobsLines } from './blobs-lines.ts'
import { correlatedCauses } from './correlated-causes.ts'
import { discsDecays } from './discs-decays.ts'
import { galaxiesLight } from './galaxies-light.ts'
import { heavyTails } from './heavy-tails.ts'
import { hiddenCause } from './hidden-cause.ts'
import { noiseImages } from './noise-images.ts'
import { oneCluster } from './one-cluster.ts'
import { shuffledPairing } from './shuffled-pairing.ts'
import { soilCores } from './soil-cores.ts'
import { spiralLine } from './spiral-line.ts'
import { texturePeak } from './texture-peak.ts'

export const nulls: ReadonlyMap<string, Generator> = new Map([
  ['blobs-lines', blobsLines],
  ['spiral-line', spiralLine],
  ['heavy-tails', heavyTails],
  ['correlated-causes', correlatedCauses],
  ['texture-peak', texturePeak],
  ['discs-decays', discsDecays],
  ['galaxies-light', galaxiesLight],
  ['soil-cores', soilCores],
  ['noise-images', noiseImages],
  ['one-cluster', oneCluster],
  ['shuffled-pairing', shuffledPairing],
  ['hidden-cause', hiddenCause],
])
