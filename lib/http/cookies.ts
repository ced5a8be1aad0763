/** Whether people reach this server by HTTPS, by the address that it goes by. */
export const isHttps = (env: NodeJS.ProcessEnv = process.env): boolean =>
  URL.canParse(env.NEXTAUTH_URL ?? '') && new URL(env.NEXTAUTH_URL ?? '').protocol === 'https:'

/**
 * A cookie's name as browsers keep it. Over HTTPS it has the prefix by which they take it from this very host alone, for
 * all paths and only over HTTPS (RFC 6265bis, section 4.1.3.2); without HTTPS they would not take it at all.
 */
export const cookieName = (name: string, https = isHttps()): string => (https ? `__Host-${name}` : name)

/** How each of our cookies is set: read by no script, sent by no other site's request except for a link that is followed. */
export const cookieOptions = (https = isHttps()) =>
  ({ path: '/', sameSite: 'lax', httpOnly: true, secure: https }) as const
