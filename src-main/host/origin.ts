/** The page's own origin and the headers that fence it in. Whatever is not of this origin is not served, whoever asks. */

/** Where the page lives in each host. Neither name ever reaches a resolver: the host answers before the network. */
export const origins = {
  chromium: 'https://causalscope.localhost',
  electron: 'causalscope://app',
} as const

export type Origin = (typeof origins)[keyof typeof origins]

/** The path and query of a URL of this origin, else null. Compared by parsed parts, never by substring. */
export function pathWithin(origin: Origin, url: string): string | null {
  if (!URL.canParse(url)) return null
  const asked = new URL(url)
  const own = new URL(origin)
  if (asked.protocol !== own.protocol || asked.host !== own.host) return null
  if (asked.username !== '' || asked.password !== '') return null
  return asked.pathname + asked.search
}

/**
 * Scripts, fonts, pictures and data from the own origin alone. Style attributes are allowed because charts and layouts
 * set them; style elements are not.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=(), payment=()',
}
