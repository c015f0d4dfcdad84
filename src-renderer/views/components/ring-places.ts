/** Groups around a middle, each in rows one behind the other, from what joins the groups in the middle outwards. */
import type { Position } from '../../../src-shared/graph-picture/geometry.ts'
import type { Size } from '../../../src-shared/graph-picture/layout.ts'

/** The nodes of a group by row, the row next to the middle first. */
export type Ring = readonly (readonly number[])[]

/** Room for the words on the lines through the middle, and between the rows. */
const middleGap = 72
const rowGap = 34
const besideGap = 14
/** Words on neighbouring lines stand beside each other. */
const leastBeside = 84

/** How long the box is along a direction (unit vector). */
function extent({ width, height }: Size, { x, y }: Position): number {
  return Math.abs(x) * width + Math.abs(y) * height
}

/** How far apart, along a direction, boxes do not touch. */
function apart({ width, height }: Size, { x, y }: Position): number {
  const across = Math.abs(x) < 1e-6 ? Infinity : (width + besideGap) / Math.abs(x)
  const up = Math.abs(y) < 1e-6 ? Infinity : (height + besideGap) / Math.abs(y)
  return Math.min(across, up)
}

const largest = (sizes: readonly Size[]): Size => ({
  width: Math.max(0, ...sizes.map(({ width }) => width)),
  height: Math.max(0, ...sizes.map(({ height }) => height)),
})

/** Places by node; the first group on top, the others clockwise. */
export function ringPlaces(sizes: readonly Size[], groups: readonly Ring[]): readonly Position[] {
  const places: Position[] = sizes.map(() => ({ x: 0, y: 0 }))
  const boxes = groups.map((rows) => rows.map((row) => largest(row.flatMap((node) => sizes[node] ?? []))))
  const outward = groups.map((_, g): Position => {
    const angle = (2 * Math.PI * g) / groups.length - Math.PI / 2
    return { x: Math.cos(angle), y: Math.sin(angle) }
  })
  /** Along a row, left to right as far as it can be. */
  const along = outward.map(({ x, y }): Position => (-y >= -1e-6 ? { x: -y, y: x } : { x: y, y: -x }))
  const between = groups.map((_, g) =>
    boxes[g]!.map((box, r) => Math.max(apart(box, along[g]!), r === 0 ? leastBeside : 0)),
  )
  const reach = Math.max(0, ...groups.map((rows, g) => ((rows[0]?.length ?? 0) * (between[g]![0] ?? 0)) / 2))
  // Rows of two groups lie opposite; those of more must clear their neighbours' corners.
  const clear = groups.length > 2 ? reach / Math.tan(Math.PI / groups.length) : 0
  groups.forEach((rows, g) => {
    const [out, side] = [outward[g]!, along[g]!]
    let distance = clear + middleGap / 2
    rows.forEach((row, r) => {
      const deep = extent(boxes[g]![r]!, out)
      distance += deep / 2
      row.forEach((node, i) => {
        const aside = (i - (row.length - 1) / 2) * between[g]![r]!
        places[node] = { x: out.x * distance + side.x * aside, y: out.y * distance + side.y * aside }
      })
      distance += deep / 2 + rowGap
    })
  })
  return places
}
