/** Work that costs: as much at once as the budget allows, in the order asked; what exceeds it goes alone. */
export class Budget {
  private readonly total: number
  private spent = 0
  private readonly waiting: { readonly cost: number; readonly start: () => void }[] = []

  constructor(total: number) {
    this.total = total
  }

  async spend<T>(cost: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(cost, this.total)
    await new Promise<void>((start) => {
      this.waiting.push({ cost: share, start })
      this.admit()
    })
    try {
      return await work()
    } finally {
      this.spent -= share
      this.admit()
    }
  }

  private admit(): void {
    for (let first = this.waiting[0]; first !== undefined; first = this.waiting[0]) {
      if (this.spent + first.cost > this.total) return
      this.spent += first.cost
      this.waiting.shift()
      first.start()
    }
  }
}
