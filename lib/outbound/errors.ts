/** Everything that can go wrong with a request that Pentarch sends. */
export const outboundFailures = [
  'bad_address',
  'unknown_name',
  'refused_address',
  'insecure',
  'unreachable',
  'untrusted',
  'timeout',
  'redirect',
  'status',
  'too_large',
  'not_json',
  'malformed',
] as const
export type OutboundFailure = (typeof outboundFailures)[number]

/** A request that brought no usable answer. The message is a sentence for people; it holds nothing secret and nothing of the answer's body. */
export class OutboundError extends Error {
  readonly failure: OutboundFailure
  /** The HTTP status, where one came. */
  readonly status: number | null

  constructor(failure: OutboundFailure, message: string, status: number | null = null) {
    super(message)
    this.name = 'OutboundError'
    this.failure = failure
    this.status = status
  }
}

/** What certificates are refused with by OpenSSL and Node. */
const certificateCodes =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO|HOSTNAME_MISMATCH|UNABLE_)/

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '')

/** An error of the HTTP client or of the network, as the failure it is. */
export function outboundErrorOf(error: unknown, deadline: AbortSignal): OutboundError {
  if (error instanceof OutboundError) return error
  if (deadline.aborted) return new OutboundError('timeout', 'It did not answer in time.')
  if (!(error instanceof Error)) return new OutboundError('unreachable', 'The connection failed.')
  const code = codeOf(error)
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return new OutboundError('timeout', 'It could not be connected to within the time limit.')
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new OutboundError('timeout', 'It did not answer in time.')
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return new OutboundError('too_large', 'The headers of its answer are too large.')
  if (error.name === 'HTTPParserError') return new OutboundError('malformed', 'It did not answer in HTTP.')
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
    return new OutboundError('malformed', 'Its answer is not as long as it says.')
  if (certificateCodes.test(code))
    return new OutboundError('untrusted', `A secure connection could not be made (${code}).`)
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE')
    return new OutboundError('unreachable', 'It closed the connection before it had answered.')
  return new OutboundError('unreachable', `It could not be reached (${code || error.name}).`)
}
