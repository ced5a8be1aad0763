import { DomainError } from '@/lib/use-cases/errors'
import type { JsonObject } from './schema'

/**
 * What was sent is there already. Providers repeat themselves at every cycle, and an audit event about nothing is noise: the
 * transaction is given up, and the door answers with the resource as if it had been written.
 */
export class Unchanged extends DomainError {
  readonly answer: { body: JsonObject; version: number }

  constructor(answer: { body: JsonObject; version: number }) {
    super('refused', 'Nothing would change: the values are there already.')
    this.name = 'Unchanged'
    this.answer = answer
  }
}
