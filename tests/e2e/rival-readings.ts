/** A finished run of the study whose clusters have a second reading: Load or (Heat xor Load), and nothing tells which. */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { resultFile } from '../../src-shared/domain/result-schema.ts'
import { openProject } from '../../src-main/project/project.ts'
import { readResultFile, recordResult } from '../../src-main/project/results.ts'

const parsed = v.looseObject({
  body: v.looseObject({ graph: v.looseObject({ nodes: v.array(v.looseObject({})) }), assignment: v.unknown() }),
})

/** Writes into the result of run 1 of a closed project what such a run would have found. */
export async function giveRivalReading(file: string): Promise<void> {
  const project = openProject(file, { program: 'test' })
  try {
    const stored = readResultFile(project.database, 1)
    const result = v.parse(v.pipe(v.string(), v.parseJson(), parsed), await readFile(stored.file, 'utf8'))
    result.body.graph.nodes = result.body.graph.nodes.map((node) => ({ ...node, anchor: null }))
    const order = Array.from({ length: 8 }, (_, outcome) => outcome)
    const there = order.map((a) => (a & 0b101) | (((a >> 2) ^ ((a >> 1) & 1)) << 1))
    result.body.assignment = {
      chosen: { order, residual: 0.51 },
      rivals: [{ order: order.map((outcome) => there.indexOf(outcome)), residual: 0.511 }],
      evidence: null,
    }
    const text = JSON.stringify(result)
    v.parse(resultFile, JSON.parse(text))
    await writeFile(stored.file, text)
    recordResult(project.database, 1, {
      file: stored.file,
      sha256: createHash('sha256').update(text).digest('hex'),
    })
  } finally {
    project.close()
  }
}
