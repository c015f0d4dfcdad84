/**
 * An import until it is confirmed: the newest plan, and the description as the person adjusts it. An adjustment reads the
 * source again, unless it names an axis or a unit alone; a newer reading cancels an older one, and the plan shown stays
 * until the next is there.
 */
import type { RequestOf } from '../../../src-shared/contract.ts'
import type { ImportView } from '../../../src-shared/contract/imports.ts'
import type { ChoiceField } from '../../../src-shared/domain/import.ts'
import { curveWords } from '../../../src-shared/curve-words.ts'
import { type ErrorData, toErrorData } from '../../../src-shared/errors.ts'
import { request } from '../../client.ts'
import { loadValues, type ModalityValues } from '../../state/sample-values.ts'
import { tasks } from '../../state/tasks.svelte.ts'

export type Description = RequestOf<'import.confirm'>['description']

const settleMs = 350
/** Questions whose answers change what the columns of tables are. */
const changesColumns: ReadonlySet<ChoiceField> = new Set([
  'samples.id',
  'text.decimal',
  'text.sentinels',
  'text.limits',
  'text.missing',
  'text.sheet',
  'text.samples',
  'replicates',
])

type ModalityChanges = Partial<NonNullable<Description['modalities']>[number]>

/** What is written beside an axis, and changes no value. */
const labelFields: ReadonlySet<string> = new Set(['unit', 'gridLabel', 'gridUnit'])

export class ImportSession {
  readonly source: string
  plan = $state.raw<ImportView | null>(null)
  values = $state.raw<readonly ModalityValues[]>([])
  /** What would be sent: the plan's description with the adjustments that are not read yet. */
  description = $state.raw<Description | null>(null)
  error = $state.raw<ErrorData | null>(null)
  name = $state('')
  /** Task name of the reading that goes on; null: none. */
  reading = $state<string | null>(null)
  /** Of a reading that waits until the person has stopped typing. */
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(source: string) {
    this.source = source
  }

  async inspect(): Promise<void> {
    if (this.reading !== null) tasks.cancel(this.reading)
    let own = ''
    try {
      const { plan } = await tasks.run(
        'Reading the data',
        (task) => {
          own = task
          this.reading = task
          return request('import.inspect', { source: this.source, description: this.description, task })
        },
        { inView: true },
      )
      const values = await loadValues(plan.preview.modalities)
      if (this.reading !== own) return
      this.values = values
      this.plan = plan
      this.description = plan.description
      this.error = null
      if (this.name === '') this.name = plan.description.name ?? ''
    } catch (thrown) {
      if (this.reading === own) this.error = toErrorData(thrown)
    } finally {
      if (this.reading === own) this.reading = null
    }
  }

  /** Changes the description; read at once, or once the person has stopped typing. */
  adjust(changes: Partial<Description>, when: 'now' | 'settled' = 'now'): void {
    if (this.description === null) return
    this.description = { ...this.description, ...changes }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        void this.inspect()
      },
      when === 'now' ? 0 : settleMs,
    )
  }

  /** The answer to a question of the plan. Other ids or numbers make other columns measurements: found anew. */
  choose(field: ChoiceField, value: string): void {
    if (this.description === null) return
    const { modalities, metadata, samples: asked, ...rest } = this.description
    const { match, ...samples } = asked ?? {}
    const anew = changesColumns.has(field)
    // How ids compare was found for the ids as they were.
    const kept = anew || match === undefined ? samples : { ...samples, match }
    const before: Description = {
      ...rest,
      samples: kept,
      ...(anew || modalities === undefined ? {} : { modalities }),
      ...(anew || metadata === undefined ? {} : { metadata }),
    }
    this.description = before
    const [first, second] = field.split('.')
    if (second === undefined) this.adjust({ [field]: value })
    else if (first === 'text')
      this.adjust({ text: { ...before.text, [second]: field === 'text.missing' ? value.split('\n') : value } }) // prettier-ignore
    else this.adjust({ samples: { ...kept, [second]: value } })
  }

  adjustModality(index: number, changes: ModalityChanges): void {
    if (this.#relabel(index, changes)) return
    const before = this.description?.modalities?.[index]?.name
    const modalities = this.description?.modalities?.map((m, i) => (i === index ? { ...m, ...changes } : m))
    const name = changes.name ?? before ?? ''
    const preparations = this.description?.preparations?.map((p) => (p.from === before ? { ...p, from: name } : p))
    if (modalities !== undefined)
      this.adjust({ modalities, ...(preparations === undefined ? {} : { preparations }) }, 'settled')
  }

  /** Axes and units of a curve that was read, written anew in the plan. False: the source has to be read for it. */
  #relabel(index: number, changes: ModalityChanges): boolean {
    const { plan, description } = this
    const own = description?.modalities?.[index]
    const place = plan?.modalities.findIndex(({ name }) => name === own?.name) ?? -1
    const read = plan?.modalities[place]
    if (plan === null || description?.modalities === undefined || own?.kind !== 'curve' || read?.kind !== 'curve')
      return false
    // What is made of it takes its labels along; what is being read would bring the old ones.
    if (description.preparations?.some(({ from }) => from === own.name) === true) return false
    if (this.reading !== null || this.#timer !== undefined || this.error !== null) return false
    if (!Object.keys(changes).every((field) => labelFields.has(field))) return false
    const described = { ...own, ...changes }
    const { gridLabel, gridUnit, valueUnit, ...rest } = read
    const labels = {
      gridLabel: described.gridLabel ?? gridLabel,
      gridUnit: described.gridUnit ?? gridUnit,
      valueUnit: described.unit ?? valueUnit,
    }
    const modality = {
      ...rest,
      ...Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== undefined && text !== '')),
    }
    this.description = {
      ...description,
      modalities: description.modalities.map((m, i) => (i === index ? described : m)),
    }
    this.plan = {
      ...plan,
      description: this.description,
      modalities: plan.modalities.map((m, i) => (i === place ? modality : m)),
      details: plan.details.map((words, i) => (i === place ? curveWords(modality) : words)),
    }
    return true
  }

  leaveOut(index: number): void {
    const gone = this.description?.modalities?.[index]?.name
    const modalities = this.description?.modalities?.filter((_, i) => i !== index)
    const preparations = this.description?.preparations?.filter(({ from }) => from !== gone)
    if (modalities !== undefined) this.adjust({ modalities, ...(preparations === undefined ? {} : { preparations }) })
  }

  /** Takes a preparation away again. */
  unprepare(name: string): void {
    this.adjust({ preparations: this.description?.preparations?.filter((p) => p.name !== name) ?? [] })
  }

  adjustColumn(column: string, kind: 'category' | 'number'): void {
    const metadata = this.description?.metadata?.map((m) => (m.column === column ? { ...m, kind } : m))
    if (metadata !== undefined) this.adjust({ metadata })
  }

  leaveOutColumn(column: string): void {
    const metadata = this.description?.metadata?.filter((m) => m.column !== column)
    if (metadata !== undefined) this.adjust({ metadata })
  }

  /** Whether something is read from there. */
  takes(source: string): boolean {
    const { modalities = [], metadata = [] } = this.description ?? {}
    const [file, part] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)]
    return (
      metadata.some(({ column }) => column === source) ||
      modalities.some((m) => m.source === source || (m.source.startsWith(`${file}:`) && m.source.slice(file.length + 1).split(',').includes(part))) // prettier-ignore
    )
  }

  /** Takes an array of a container as well: one value a sample as metadata, more as a modality. */
  add({ source, shape, type }: ImportView['contents'][number]['parts'][number]): void {
    const { modalities = [], metadata = [] } = this.description ?? {}
    if (shape.length === 1) {
      this.adjust({ metadata: [...metadata, { column: source, kind: type === 'text' ? 'category' : 'number' }] })
      return
    }
    const last = source.slice(source.indexOf(':') + 1).replace(/^.*[/.]|"$/g, '')
    const name = modalities.some((modality) => modality.name === last) ? source : last
    this.adjust({ modalities: [...modalities, { name, kind: shape.length === 2 ? 'curve' : 'image', source }] })
  }

  /** Breaks off what is being read. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.reading !== null) tasks.cancel(this.reading)
  }
}
