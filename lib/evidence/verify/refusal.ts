/** What does not hold: where it was looked, what it says there, and what it had to say. */
export interface Failure {
  /** The check that failed, one of `checks`. */
  check: Check
  /** The file of the bundle; null for the container itself. */
  file: string | null
  /** Line of the file, from 1; null where it has no lines. */
  line: number | null
  /** One plain sentence. */
  what: string
  expected: string | null
  found: string | null
}

/** Every check, in the order in which they are made. */
export const checks = [
  'container',
  'manifest',
  'manifest signature',
  'files',
  'checkpoint',
  'history',
  'state',
  'events',
  'openings',
  'rows',
] as const
export type Check = (typeof checks)[number]

type Details = Partial<Omit<Failure, 'check' | 'what'>>

const valueCharactersMax = 200
const shortened = (text: string) =>
  text.length > valueCharactersMax ? `${text.slice(0, valueCharactersMax)}… (${text.length} characters)` : text

/** Ends the verification: the first thing that does not hold. */
export class Refusal extends Error {
  readonly failure: Failure

  constructor(check: Check, what: string, { file = null, line = null, expected = null, found = null }: Details = {}) {
    super(what)
    this.name = 'Refusal'
    this.failure = {
      check,
      file,
      line,
      what,
      expected: expected && shortened(expected),
      found: found && shortened(found),
    }
  }
}
