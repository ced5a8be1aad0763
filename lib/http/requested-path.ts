/** The request header in which `proxy.ts` puts the path and query that were asked for, whatever a client sent in it. */
export const requestedPathHeader = 'x-pentarch-requested-path'
