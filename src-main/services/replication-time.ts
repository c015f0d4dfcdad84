/** How long replicates still take: what one takes is known from the run itself, and better once some are done. */

/** A replicate in work. */
export interface ReplicateAtWork {
  /** Of its steps, 0 to 1, and where it went on from. */
  readonly fraction: number
  readonly from: number
  /** Since it was begun, or gone on with. */
  readonly seconds: number
}

/** Steps tell the pace once so many are done: those before are few, and loading counts with them. */
const paceIsKnown = 0.25
const paceIsGuessed = 0.02

/**
 * What it takes in all from where it began. Steps alone would promise too little: reading the clusters is none, and training
 * may begin again; but where they take longer than was expected, so does the rest.
 */
function wholeOf({ fraction, from, seconds }: ReplicateAtWork, expected: number | null): number | null {
  const done = fraction - from
  const byPace = done > paceIsGuessed ? (seconds * (1 - from)) / done : null
  if (expected === null || byPace === null) return expected === null ? byPace : expected * (1 - from)
  const before = expected * (1 - from)
  return done > paceIsKnown || seconds > before ? Math.max(before, byPace) : before
}

/**
 * Wall seconds left; null while nothing tells.
 * @param waiting replicates that nobody works at yet
 * @param expected seconds of one, from those that are done or from the run; null where nothing is known of the machines
 */
export function replicationSecondsLeft(
  atWork: readonly ReplicateAtWork[],
  waiting: number,
  atOnce: number,
  expected: number | null,
): number | null {
  const wholes: number[] = []
  const lefts: number[] = []
  for (const one of atWork) {
    const whole = wholeOf(one, expected)
    if (whole === null) continue
    wholes.push(whole / Math.max(0.01, 1 - one.from))
    lefts.push(Math.max(0, whole - one.seconds))
  }
  const each = wholes.length > 0 ? wholes.reduce((sum, whole) => sum + whole, 0) / wholes.length : expected
  if (each === null) return null
  const untold = waiting + atWork.length - lefts.length
  const work = lefts.reduce((sum, left) => sum + left, 0) + untold * each
  return Math.max(...lefts, work / Math.max(1, atOnce))
}
