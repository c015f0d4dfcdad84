/** What the person should look at before importing, and the choices that settle it. */
import { rounded } from '../../src-shared/curve-words.ts'
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import type { ImportQuestion } from '../../src-shared/domain/import.ts'
import { type FaultLog, place } from './faults.ts'
import { counted, listed } from './reading.ts'

/** A question shows so many ids at most. */
const mostIds = 1000

/** Curves that do not reach the ends of the common grid; `shared` is what all curves cover. */
export function askAboutShort(
  name: string,
  ids: readonly string[],
  ends: string,
  shared: readonly [number, number] | null,
  shorten: boolean,
): ImportQuestion {
  const [does, them] = ids.length === 1 ? ['does', 'it'] : ['do', 'them']
  const range = shared === null ? '' : `${rounded(shared[0])} to ${rounded(shared[1])}`
  return {
    severity: 'warning',
    title: shorten ? `${name} is shortened` : `${counted(ids.length, 'curve is', 'curves are')} shorter`,
    message: shorten
      ? `All curves of ${name} are used from ${ends}, which all of them cover.`
      : `${listed(ids)} of ${name} ${does} not reach from ${ends}. Nothing is extrapolated: leave ${them} out, or use ${range} for all?`,
    ids: ids.slice(0, mostIds),
    choice: {
      field: 'shortCurves',
      chosen: shorten ? 'shorten' : 'leave-out',
      options: [
        { value: 'leave-out', title: 'Leave out' },
        { value: 'shorten', title: 'Shorten all' },
      ],
    },
  }
}

/** Samples without this modality that have another. */
export function askAboutMissing(name: string, ids: readonly string[], description: DataDescription): ImportQuestion {
  const them = ids.length === 1 ? 'it' : 'them'
  return {
    severity: 'warning',
    title: `${counted(ids.length, 'sample has', 'samples have')} no ${name}`,
    message: `${listed(ids)}. Keep ${them} with what there is, or leave ${them} out?`,
    ids: ids.slice(0, mostIds),
    choice: {
      field: 'missing',
      chosen: description.missing ?? 'keep',
      options: [
        { value: 'keep', title: 'Keep' },
        { value: 'leave-out', title: 'Leave out' },
      ],
    },
  }
}

/** Values that cannot be used. */
export function askAboutFaults(
  { faults }: FaultLog,
  description: DataDescription,
  systematic: boolean,
): ImportQuestion {
  const first = faults.slice(0, 3).map((fault) => `${place(fault)}: ${fault.message}`)
  const rest = faults.length > first.length ? ` And ${faults.length - first.length} more.` : ''
  return {
    severity: 'warning',
    title: `${counted(faults.length, 'value')} cannot be used`,
    message: systematic
      ? `${first.join(' ')}${rest} Most samples are concerned: something common to them is wrong. ${faults[0]!.hint}`
      : `${first.join(' ')}${rest} Correct the files, or leave out what is faulty?`,
    ids: [...new Set(faults.flatMap(({ id }) => (id === undefined ? [] : [id])))].slice(0, mostIds),
    choice:
      systematic && description.faults !== 'leave-out'
        ? null
        : {
            field: 'faults',
            chosen: description.faults ?? 'refuse',
            options: [
              { value: 'refuse', title: 'Correct first' },
              { value: 'leave-out', title: 'Leave out' },
            ],
          },
  }
}
