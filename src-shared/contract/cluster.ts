/** What may be asked of a cluster, as settings, as a request, and as a work folder's own record. */
import * as v from 'valibot'
import type { SlurmSettings } from '../domain/cluster.ts'
import { text, whole } from './shapes.ts'

/** A word that Slurm reads as the value of an option. */
const word = v.pipe(text(200), v.regex(/^[^\s\0]+$/, 'one word, without blanks.'))
const atLeastOne = v.pipe(whole, v.minValue(1, 'at least 1.'))

export const slurmSettings: v.GenericSchema<unknown, SlurmSettings> = v.object({
  folder: text(4000),
  partition: v.nullable(word),
  account: v.nullable(word),
  time: v.nullable(
    v.pipe(word, v.regex(/^(\d+-)?\d+(:\d+){0,2}$/, 'a time such as 30 (minutes), 2:00:00 or 1-12:00:00.')),
  ),
  memory: v.nullable(v.pipe(word, v.regex(/^\d+[KMGT]?$/i, 'a size such as 4G or 800M.'))),
  gpus: v.pipe(whole, v.maxValue(64, 'at most 64.')),
  cores: v.pipe(atLeastOne, v.maxValue(256, 'at most 256.')),
  atOnce: v.nullable(atLeastOne),
  options: v.array(v.pipe(text(500), v.regex(/^-/, 'an option of sbatch, as --qos=long.'))),
  setup: text(10_000),
  pollSeconds: v.pipe(v.number(), v.minValue(0.1), v.maxValue(3600)),
})

/** Where runs are trained: on this machine, or as tasks of a cluster that is asked as the settings say. */
export const place = v.picklist(['local', 'slurm'])
export type Place = v.InferOutput<typeof place>
