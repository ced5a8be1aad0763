import { bytesToHex } from '@noble/hashes/utils.js'
import { committed, isCommitted, pointerStep } from '@/lib/transparency/committed'
import { DomainError } from '@/lib/use-cases/errors'
import type { Json } from './model'

/** Salt and value behind one commitment of an event: kept apart from the event, so that they can be erased. */
export interface KeptOpening {
  digest: string
  /** Where the commitment stands in the leaf of the event (JSON Pointer). */
  pointer: string
  salt: string
  value: string
}

/** Random bytes for one commitment. */
export type NewSalt = () => Uint8Array

/** What people write in their own words, and how people are called or reached, whatever it is said about. */
const personalEverywhere = new Set(['comment', 'text', 'note', 'email', 'signedBy', 'decidedBy', 'setBy', 'author'])

/** Fields that name somebody when the record is of this kind. */
const personalIn: Readonly<Record<string, ReadonlySet<string>>> = {
  person: new Set(['name']),
  account: new Set(['name']),
  team: new Set(['contact']),
  campaign: new Set(['owner']),
  campaign_template: new Set(['owner']),
}

const isPersonal = (kind: string, key: string): boolean =>
  personalEverywhere.has(key) || personalIn[kind]?.has(key) === true

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Collects openings while values are put behind commitments. */
export class PersonalValues {
  readonly openings: KeptOpening[] = []

  constructor(private readonly newSalt: NewSalt) {}

  /** The commitment to a text that stands at this pointer. @throws DomainError for one that is not Unicode. */
  commit(pointer: string, value: string): string {
    if (/\p{Cs}/u.test(value))
      throw new DomainError('invalid_input', 'The text contains a character that cannot be stored.')
    const salt = this.newSalt()
    const digest = committed(value, salt).$committed
    this.openings.push({ digest, pointer, salt: bytesToHex(salt), value })
    return digest
  }

  /** One side of a change with its personal values behind commitments. Ids and everything else stay in the clear. */
  commitIn(kind: string, pointer: string, value: Json): Json {
    if (Array.isArray(value)) return value.map((each, at) => this.commitIn(kind, pointer + pointerStep(at), each))
    if (typeof value !== 'object' || value === null || isCommitted(value)) return value
    // A list of changes says of each what it is about.
    const own = typeof value.subjectType === 'string' ? value.subjectType : kind
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const there = pointer + pointerStep(key)
        if (typeof each === 'string' && each !== '' && isPersonal(own, key) && !isUuid(each))
          return [key, { $committed: this.commit(there, each) }]
        return [key, this.commitIn(own, there, each)]
      }),
    )
  }
}
