/** What a sample is for, as columns say it. */
export type SplitPart = 'training' | 'validation' | 'test'

const names: Readonly<Record<string, SplitPart>> = {
  ...{ train: 'training', training: 'training', learn: 'training' },
  ...{ validation: 'validation', valid: 'validation', val: 'validation', dev: 'validation' },
  ...{ test: 'test', testing: 'test' },
}

/** Null for a value that is none; case and spaces do not count. */
export function splitPart(value: string): SplitPart | null {
  return names[value.trim().toLowerCase()] ?? null
}
