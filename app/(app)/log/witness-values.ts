import type { InputOf } from '@/lib/http/client'

/** Whether it signs, keeps commits, or only takes what it is sent. */
export type WitnessKind = 'cosigner' | 'repository' | 'copies'

/** What the form holds: the fields of every kind, of which those of the chosen one count. */
export type WitnessValues = {
  kind: WitnessKind
  name: string
  verifierKey: string
  webhook: string
  email: string
  repository: string
  branch: string
  user: string
  token: string
}

export const initialWitness: WitnessValues = {
  kind: 'cosigner',
  name: '',
  verifierKey: '',
  webhook: '',
  email: '',
  repository: '',
  branch: '',
  user: '',
  token: '',
}

const fieldsOf: Record<WitnessKind, readonly Exclude<keyof WitnessValues, 'kind'>[]> = {
  cosigner: ['verifierKey', 'webhook', 'email'],
  repository: ['name', 'repository', 'branch', 'user', 'token'],
  copies: ['name', 'webhook', 'email'],
}

/** What is sent of it: fields that are empty are left out. */
export function witnessInput(values: WitnessValues): InputOf<'log.addWitness'> {
  const given = fieldsOf[values.kind].map((field) => [field, values[field].trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== ''))
}

/** What is missing, at the field where it belongs; whether it is right, the server says. */
export function problemsOf(values: WitnessValues): Partial<Record<keyof WitnessValues, string>> {
  const { name, verifierKey, webhook, email, repository } = witnessInput(values)
  if (values.kind === 'cosigner') return verifierKey ? {} : { verifierKey: 'Paste the public key of the witness' }
  return {
    ...(!name && { name: 'Give it a name' }),
    ...(values.kind === 'repository' && !repository && { repository: 'Where the repository is' }),
    ...(values.kind === 'copies' && !(webhook || email) && { email: 'Name a webhook or an address for mail' }),
  }
}
