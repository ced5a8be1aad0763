import { bodyOf } from '@/lib/http/body'
import { DomainError } from '@/lib/use-cases/errors'
import { bodyBytesMax } from './messages'
import { ScimRefusal } from './refusal'

/** Where the SCIM server is, below the address of the app. */
export const scimPath = '/scim/v2'

/** The address of the SCIM server as whoever asks reaches it: that of the settings, else the one that was asked at. */
export function scimAddress(askedAt: string): string {
  const { NEXTAUTH_URL: address = '' } = process.env
  return new URL(URL.canParse(address) ? address : askedAt).origin + scimPath
}

/** The parts of the path below the server's address, decoded. @throws DomainError `not_found` for what cannot be decoded. */
export function segmentsOf(request: Request): string[] {
  const path = new URL(request.url).pathname.slice(scimPath.length).replace(/\/+$/, '')
  try {
    return path.split('/').slice(1).map(decodeURIComponent)
  } catch {
    throw new DomainError('not_found', 'There is no such address.')
  }
}

const parameters = ['filter', 'sortBy', 'sortOrder', 'startIndex', 'count', 'attributes', 'excludedAttributes'] as const
type Parameter = (typeof parameters)[number]

/** The parameters of a query. Names count without capitals, as some providers write them; what is empty is not there. */
export function parametersOf(request: Request): Partial<Record<Parameter, string>> {
  const found: Partial<Record<Parameter, string>> = {}
  for (const [name, value] of new URL(request.url).searchParams) {
    const parameter = parameters.find((known) => known.toLowerCase() === name.toLowerCase())
    if (parameter && value !== '') found[parameter] ??= value
  }
  return found
}

const mediaType = /^application\/(?:scim\+)?json\s*(?:;|$)/i

/** What was sent, as JSON; undefined when nothing was. @throws ScimRefusal `invalidSyntax`, DomainError `too_large`. */
export async function sentBy(request: Request): Promise<unknown> {
  const body = await bodyOf(request, bodyBytesMax)
  if (!body?.byteLength) return undefined
  if (!mediaType.test(request.headers.get('content-type') ?? ''))
    throw new ScimRefusal('invalidSyntax', 'Send the body as application/scim+json.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new ScimRefusal('invalidSyntax', 'The body cannot be read as JSON.')
  }
}
