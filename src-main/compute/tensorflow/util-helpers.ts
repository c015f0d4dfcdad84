/** tfjs-node 4.22 calls helpers that Node 23 removed from `util`, and one that warns each time it is used. */
export function repairUtil(require: NodeJS.Require): void {
  const util: unknown = require('node:util')
  if (typeof util !== 'object' || util === null) return
  const missing = (value: unknown): boolean => value === null || value === undefined
  Object.assign(util, { isNullOrUndefined: missing, isArray: Array.isArray })
}
