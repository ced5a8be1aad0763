import 'server-only'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { type Credential, credentialSchema } from '@/lib/integrations/authzen/model'
import { open, seal, UnsealError } from '@/lib/secrets/seal'
import { DomainError } from '@/lib/use-cases/errors'

function attempt<Result>(work: () => Result): Result | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** A certificate and a key that belong together, or the refusal that says which is wrong. */
function assertPair(certificate: string, key: string): void {
  const refuse = (field: string, message: string): never => {
    throw new DomainError('invalid_input', `${field}: ${message}.`, { fields: [{ field, message }] })
  }
  const parsed =
    attempt(() => new X509Certificate(certificate)) ?? refuse('certificate', 'Cannot be read as a certificate')
  const privateKey = attempt(() => createPrivateKey(key)) ?? refuse('key', 'Cannot be read as a private key')
  if (!parsed.checkPrivateKey(privateKey)) refuse('key', 'Does not belong to the certificate')
}

/** A credential as the row of its point keeps it. @throws DomainError `invalid_input` when it is none. */
export function sealCredential(given: object, pointId: string): string {
  const credential = credentialSchema.parse(given)
  if (credential.kind === 'mtls') assertPair(credential.certificate, credential.key)
  return seal(JSON.stringify(credential), pointId)
}

/** What a point is asked with. @throws UnsealError when it cannot be opened any more. */
export function credentialOf({
  id,
  credentialSealed,
}: {
  id: string
  credentialSealed: string | null
}): Credential | null {
  if (credentialSealed === null) return null
  const text = open(credentialSealed, id)
  const parsed = credentialSchema.safeParse(attempt(() => JSON.parse(text)))
  if (!parsed.success) throw new UnsealError()
  return parsed.data
}
