import type { UseCase } from '@/lib/use-cases/define'
import { discoveryUseCases } from './discovery'
import { groupUseCases } from './groups/service'
import { userUseCases } from './users/service'

/**
 * The operations of the SCIM server by their names: use cases like all others, with their own door because SCIM prescribes
 * addresses, messages and errors. Paths are below the address of the server.
 */
export const scimUseCases = { ...discoveryUseCases, ...userUseCases, ...groupUseCases }

const operations = Object.values<UseCase>(scimUseCases).map((useCase) => ({
  useCase,
  segments: useCase.path.split('/').slice(1),
}))

/** `{id}` in the path of an operation stands for any one segment. */
const isAt = (segments: readonly string[], template: readonly string[]): boolean =>
  segments.length === template.length &&
  template.every((part, at) => (part === '{id}' ? segments[at] !== '' : part === segments[at]))

/** The operations that a path takes, by method; none when there is no such path. */
export const operationsAt = (segments: readonly string[]): UseCase[] =>
  operations.filter((operation) => isAt(segments, operation.segments)).map(({ useCase }) => useCase)
