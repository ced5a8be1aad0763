import { DomainError, type ProblemCode } from '@/lib/use-cases/errors'

/** The error keywords of RFC 7644, section 3.12, that this server answers with. */
export type ScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget'
  | 'tooMany'
  | 'uniqueness'

/** A refusal with the keyword that a provisioning client acts on. */
export class ScimRefusal extends DomainError {
  readonly scimType: ScimType

  constructor(scimType: ScimType, detail: string, code: ProblemCode = 'invalid_input') {
    super(code, detail)
    this.name = 'ScimRefusal'
    this.scimType = scimType
  }
}
