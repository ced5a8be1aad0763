/** The request header in which `proxy.ts` hands a page the nonce of its answer, whatever a client sent in it. */
export const nonceHeader = 'x-pentarch-nonce'

/**
 * What a page may load and run (CSP Level 3): scripts and style elements of our own that carry this answer's nonce or
 * come from our own files, and nothing from another origin. Attributes may hold styles, for components write sizes there.
 * In development, Next evaluates code, adds styles and talks over a socket of its own.
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const styles = development ? "'unsafe-inline'" : `'nonce-${nonce}'`
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ''}`,
    "script-src-attr 'none'",
    `style-src 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
