/** What is being imported: a path from a dialog or a drop, until it is confirmed or left. The Data view draws it. */

class Importing {
  /** Folder or file to import; null: nothing is being imported. */
  source = $state<string | null>(null)
  /** It is being stored: a project that is made for it does not end it. */
  storing = $state(false)

  begin(path: string): void {
    this.source = path
  }

  end(): void {
    this.source = null
  }
}

export const importing = new Importing()
