import { describe, expect, it } from 'vitest'
import { checkedRun, type FinishedRun } from '../../../src-main/export/finished-run.ts'
import { reportHtml } from '../../../src-main/export/report/report.ts'
import { exampleJudgement, exampleReading } from '../shared/findings/example-judgement.ts'
import { exampleGraph, lattice } from '../shared/graph-formats/example-graph.ts'
import { sampleArrays, withBody } from '../example-result.ts'
import { exampleRun } from './example-run.ts'

const run = exampleRun()
const report = (from: FinishedRun = run): Promise<string> => reportHtml(checkedRun(from))

describe('the report', () => {
  it('opens with the finding in words', async () => {
    const page = await report()
    const heading = /<h1>([^<]*)<\/h1>/.exec(page)![1]
    expect(heading).toBe(
      'Topology and Strut width drive Stiffness; the data do not fix the direction between Stiffness and Yield.',
    )
    expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('aria-label="Learned graph.'))
  })

  it('asks for nothing from outside and holds no script', async () => {
    const page = await report()
    expect(page).not.toMatch(/<script|<link|<iframe|\son\w+=|@import|javascript:/i)
    const addresses = [...page.matchAll(/(?:src|href|url)\s*(?:=\s*"|\()([^")]*)/g)].map((match) => match[1]!)
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) expect(address).toMatch(/^(data:image\/png;base64,|#)/)
    expect(page).toContain("default-src 'none'")
  })

  it('tells how the result was made', async () => {
    const page = await report()
    for (const fact of [
      'ab'.repeat(32),
      '20261122',
      'WebAssembly, SIMD',
      'Causalscope 0.1.0',
      'dag.lambda',
      '2310.18471',
    ])
      expect(page).toContain(fact)
    expect(page).toContain('stayed empty for 5 epochs')
    expect(page).toContain('s002 has no micrograph.')
  })

  it('shows evidence, tables, rivals, curves in user units and every term', async () => {
    const page = await report()
    expect(page).toMatch(/Topology → Stiffness<\/th>\s*<td>fixed by the data/)
    expect(page).toMatch(/Stiffness — Yield<\/th>\s*<td>open/)
    expect(page).toMatch(/Topology<\/th>\s*<td>supported<\/td>\s*<td class="r">0\.97<\/td>\s*<td>0\.95 to 0\.99/)
    expect(page).toContain('4 of 4')
    expect(page).toContain('P( Stiffness | Topology, Strut width )')
    expect(page).toContain('0.5800')
    expect(page).toContain('stress (MPa)')
    expect(page).toContain('strain (%)')
    for (const term of ['Reconstruction · micrograph', 'Cluster evidence', 'Posterior entropy', 'KL divergence'])
      expect(page).toContain(term)
    expect(page).toContain('alt="micrograph of s00')
    expect(page).toMatch(/Decided<\/dt>\s*<dd>yes/)
    expect(page).toMatch(/stress<\/th>\s*<td>no<\/td>\s*<td class="r">93\.0 %/)
  })

  it('shows every reading that fits as well, and which samples to label', async () => {
    expect(await report()).not.toContain('Readings that fit equally')
    const own = exampleReading(lattice, { residual: 0.41 })
    const rival = exampleReading(lattice, {
      residual: 0.415,
      agreement: [1, 0.1, 1, 1],
      shared: [true, false, true, true],
      // The width where the topology is octet, its opposite where it is not.
      categories: own.categories.map(([a, b, ...rest]) => [a!, a === 0 ? b! : 2 - b!, ...rest]),
      edges: own.edges.slice(1),
      toLabel: [{ outcome: 3, samples: ['s001', 's007'] }],
    })
    const judgement = exampleJudgement(lattice, { nodes: { 1: { shared: false } } }, { readings: [own, rival] })
    const names = { names: [null, 'Width'] }
    const page = await report({ ...run, names, judged: { judgement, stability: null } })
    expect(page).toContain('Two assignments of the same clusters')
    expect(page).toMatch(/Reading\s+B,\s+residual\s+0\.415/)
    expect(page).toContain('Strut width (B) of reading B')
    expect(page).toContain('Width of reading A')
    expect(page).toMatch(/<td>s001, s007<\/td>\s*<td>Width = .*<\/td>\s*<td>Strut width \(B\) = /)
    expect(page.match(/id="curve-[^"]*"/g)?.length).toBe(new Set(page.match(/id="curve-[^"]*"/g)).size)
  })

  it('puts many or long categories below one another, so that a table fits on paper and phones', async () => {
    const long = Array.from({ length: 15 }, (_, k) => `Gefüge ${k} mit einem langen Namen`)
    const thirds = Array.from({ length: 15 }, () => 1 / 15)
    const graph = exampleGraph([
      { name: 'Gefüge', categories: long, table: [thirds] },
      { name: 'Stufe', categories: ['tief', 'hoch'], parents: [0], table: long.map(() => [0.5, 0.5]) },
    ])
    const n = run.arrays.ids.length
    const page = await report({
      ...run,
      result: withBody(run.result, { graph, components: [], decoded: [], assignment: null }),
      arrays: sampleArrays({
        ids: run.arrays.ids,
        components: 30,
        responsibilities: new Float32Array(n * 30).fill(1 / 30),
        ...{ latent: 0, latentMean: new Float32Array(0), latentSd: new Float32Array(0) },
        ...{ modalityError: new Float32Array(0), modalities: 0 },
      }),
      dataset: { ...run.dataset, modalities: [], notes: [] },
      judged: { judgement: exampleJudgement(graph, {}, { rebuilt: [] }), stability: null },
    })
    const tables = /<h2 id="tables">.*?<\/section>/s.exec(page)![0]
    const heads = [...tables.matchAll(/<thead>.*?<\/thead>/gs)].map(([head]) => head.match(/<th /g)!.length)
    expect(heads).toEqual([3, 4])
    for (const name of long) expect(tables.split(name)).toHaveLength(3)
    expect(page).toContain('@page { size: A4;')
  })

  it('escapes every name', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    const page = await report({
      ...run,
      names: { names: [evil], categories: [[evil]] },
      dataset: { ...run.dataset, name: evil, source: evil },
    })
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&lt;img src=x')
  })

  it('does without modalities, rivals, epochs and edges', async () => {
    const graph = exampleGraph([
      { name: 'smoke', categories: ['yes', 'no'], anchor: 'smoke', table: [[0.5, 0.5]] },
      { name: 'bronc', categories: ['yes', 'no'], anchor: 'bronc', table: [[0.4, 0.6]] },
    ])
    const n = run.arrays.ids.length
    const page = await report({
      ...run,
      epochs: [],
      result: withBody({ ...run.result, warnings: [] }, { graph, components: [], decoded: [], assignment: null }),
      arrays: sampleArrays({
        ids: run.arrays.ids,
        components: 4,
        responsibilities: new Float32Array(n * 4).fill(0.25),
        latent: 0,
        latentMean: new Float32Array(0),
        latentSd: new Float32Array(0),
        modalityError: new Float32Array(0),
        modalities: 0,
      }),
      dataset: { ...run.dataset, modalities: [], notes: [] },
      judged: { judgement: exampleJudgement(graph, {}, { rebuilt: [] }), stability: null },
    })
    expect(page).toContain('no dependence between them is found')
    expect(page).toContain('This training joins no two nodes.')
    expect(page).not.toContain('NaN')
    expect(page).not.toContain('undefined')
  })
})
