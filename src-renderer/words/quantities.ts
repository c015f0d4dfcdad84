/** Numbers as people read them, with their units. */
export { percent } from '../../src-shared/findings/words.ts'

const thousands = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** 1234 as "1,234". */
export function count(n: number): string {
  return thousands.format(n)
}

/** "1 sample", "1,000 samples". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`
}

/** Up to `digits` significant digits, a real minus sign, powers of ten beyond five places. */
export function number(x: number, digits = 4): string {
  if (Number.isNaN(x)) return '–'
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞'
  const size = Math.abs(x)
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [mantissa = '', exponent = '0'] = x.toExponential(Math.max(0, digits - 1)).split('e')
    return `${signed(String(Number(mantissa)))} × 10${raised(Number(exponent))}`
  }
  return signed(String(Number(x.toPrecision(digits))))
}

/** Always `places` decimals, for columns that line up. */
export function fixed(x: number, places = 1): string {
  return Number.isFinite(x) ? signed(x.toFixed(places)) : number(x)
}

function signed(text: string): string {
  return text.replace('-', '−')
}

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function raised(n: number): string {
  return (n < 0 ? '⁻' : '') + String(Math.abs(n)).replace(/\d/g, (d) => raisedDigits[Number(d)] ?? d)
}

/** Seconds as "0.4 s", "41 s", "3 min 5 s", "2 h 10 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds > 0 && seconds < 0.05) return 'under 0.1 s'
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} days`
}

/** Rounded for a promise: "about 40 s", "about 3 min". */
export function roughly(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds < 10) return 'a few seconds'
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} s`
  if (seconds < 90) return 'about a minute'
  if (seconds < 3300) return `about ${Math.round(seconds / 60)} min`
  const hours = Math.round(seconds / 1800) / 2
  return hours < 1.5 ? 'about an hour' : `about ${hours} h`
}

/** Bytes in powers of 1024: "312 KiB", "1.4 GiB". */
export function bytes(n: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = n
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit] ?? ''}`
}

/** How long ago, from `now` in milliseconds: "just now", "12 s ago", "3 h ago", then the date. */
export function ago(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000)
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds)} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  if (seconds < 86_400 * 7) return `${Math.floor(seconds / 86_400)} days ago`
  return date(then)
}

/** "22 Nov 2026". */
export function date(milliseconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(milliseconds)
}

/** "22 Nov 2026, 14:36". */
export function dateTime(milliseconds: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(milliseconds)
}
