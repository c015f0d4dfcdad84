/** What a contrastive loss says of the information that two modalities share, and whether anything was learnt. */
import { collapsedLoss, type Form } from './loss-form.ts'

/** A loss this near to that of equal outputs: nothing was learnt. */
const collapseShare = 0.01

/**
 * Lower bound of the mutual information of a pair, nats: log N less the mean loss of a direction (van den Oord et al.
 * 2018). It cannot exceed log N, and is 0 where nothing was learnt.
 */
export function sharedInformation(loss: number, form: Form, batch: number): number {
  return form === 'paper' ? (collapsedLoss(form, batch) - loss) / 2 : collapsedLoss(form, batch) - loss
}

export function isCollapsed(loss: number, form: Form, batch: number): boolean {
  const equal = collapsedLoss(form, batch)
  return loss >= equal * (1 - collapseShare)
}
