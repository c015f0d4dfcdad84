/** Paired measurements of discrete factors, no two by the same instruments. */
import type { Generator } from '../sample-set.ts'
import { beamVibration } from './beam-vibration.ts'
import { blobsOscillation } from './blobs-oscillation.ts'
import { boardTitration } from './board-titration.ts'
import { boreholeTremor } from './borehole-tremor.ts'
import { callsWings } from './calls-wings.ts'
import { carbonateWeight } from './carbonate-weight.ts'
import { cellsGrowth } from './cells-growth.ts'
import { coatingVoltammetryImpedance } from './coating-voltammetry-impedance.ts'
import { coloniesBands } from './colonies-bands.ts'
import { decayPeptides } from './decay-peptides.ts'
import { dendritesCooling } from './dendrites-cooling.ts'
import { diffractionCement } from './diffraction-cement.ts'
import { diodeParticles } from './diode-particles.ts'
import { discSlope } from './disc-slope.ts'
import { dosePlate } from './dose-plate.ts'
import { dropletRelaxation } from './droplet-relaxation.ts'
import { echoHeartbeat } from './echo-heartbeat.ts'
import { fibresLoop } from './fibres-loop.ts'
import { fundusRetinogram } from './fundus-retinogram.ts'
import { gatherLog } from './gather-log.ts'
import { gelBlood } from './gel-blood.ts'
import { glassTransmission } from './glass-transmission.ts'
import { gradientOnset } from './gradient-onset.ts'
import { grainsStress } from './grains-stress.ts'
import { lampRinging } from './lamp-ringing.ts'
import { leafMetabolites } from './leaf-metabolites.ts'
import { linesFeatures } from './lines-features.ts'
import { loadingGrain } from './loading-grain.ts'
import { marksChirp } from './marks-chirp.ts'
import { olivineRaman } from './olivine-raman.ts'
import { phasesHeat } from './phases-heat.ts'
import { pollenEmission } from './pollen-emission.ts'
import { powderIsotherm } from './powder-isotherm.ts'
import { pulsesPair } from './pulses-pair.ts'
import { ringDecay } from './ring-decay.ts'
import { ringsRatio } from './rings-ratio.ts'
import { snowSounding } from './snow-sounding.ts'
import { spectrumAssay } from './spectrum-assay.ts'
import { spotsEdge } from './spots-edge.ts'
import { stripesPeak } from './stripes-peak.ts'
import { wearFriction } from './wear-friction.ts'
import { yeastChromatogram } from './yeast-chromatogram.ts'

export const families: ReadonlyMap<string, Generator> = new Map([
  ['ring-decay', ringDecay],
  ['disc-slope', discSlope],
  ['stripes-peak', stripesPeak],
  ['blobs-oscillation', blobsOscillation],
  ['grains-stress', grainsStress],
  ['spectrum-assay', spectrumAssay],
  ['diode-particles', diodeParticles],
  ['dose-plate', dosePlate],
  ['loading-grain', loadingGrain],
  ['cells-growth', cellsGrowth],
  ['spots-edge', spotsEdge],
  ['droplet-relaxation', dropletRelaxation],
  ['gradient-onset', gradientOnset],
  ['rings-ratio', ringsRatio],
  ['fibres-loop', fibresLoop],
  ['beam-vibration', beamVibration],
  ['phases-heat', phasesHeat],
  ['powder-isotherm', powderIsotherm],
  ['glass-transmission', glassTransmission],
  ['lines-features', linesFeatures],
  ['board-titration', boardTitration],
  ['colonies-bands', coloniesBands],
  ['lamp-ringing', lampRinging],
  ['leaf-metabolites', leafMetabolites],
  ['marks-chirp', marksChirp],
  ['pulses-pair', pulsesPair],
  ['echo-heartbeat', echoHeartbeat],
  ['gather-log', gatherLog],
  ['wear-friction', wearFriction],
  ['pollen-emission', pollenEmission],
  ['gel-blood', gelBlood],
  ['diffraction-cement', diffractionCement],
  ['decay-peptides', decayPeptides],
  ['coating-voltammetry-impedance', coatingVoltammetryImpedance],
  ['olivine-raman', olivineRaman],
  ['carbonate-weight', carbonateWeight],
  ['yeast-chromatogram', yeastChromatogram],
  ['borehole-tremor', boreholeTremor],
  ['dendrites-cooling', dendritesCooling],
  ['snow-sounding', snowSounding],
  ['calls-wings', callsWings],
  ['fundus-retinogram', fundusRetinogram],
])
