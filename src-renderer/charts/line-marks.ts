/** What a chart says at places of its x: where a phase begins. */
import type uPlot from 'uplot'
import { token } from '../styles/token.ts'

export interface ChartMark {
  readonly x: number
  readonly label: string
}

export function drawMarks(self: uPlot, marks: readonly ChartMark[]): void {
  const { ctx } = self
  const { left, top, width, height } = self.bbox
  ctx.save()
  ctx.strokeStyle = token('--line-strong')
  ctx.fillStyle = token('--muted')
  ctx.font = `${10 * devicePixelRatio}px ${token('--font')}`
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  for (const mark of marks) {
    const place = self.valToPos(mark.x, 'x', true)
    if (place < left || place > left + width) continue
    ctx.beginPath()
    ctx.moveTo(place, top)
    ctx.lineTo(place, top + height)
    ctx.stroke()
    // Lines end high as a rule: at the bottom the words stand free. Before the line where there is no room behind it.
    const gap = 4 * devicePixelRatio
    const fits = place + gap + ctx.measureText(mark.label).width <= left + width
    ctx.textAlign = fits ? 'left' : 'right'
    ctx.fillText(mark.label, fits ? place + gap : place - gap, top + height - 5 * devicePixelRatio)
  }
  ctx.restore()
}
