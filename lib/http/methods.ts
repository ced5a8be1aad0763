import { useCases } from '@/lib/use-cases/catalog'
import type { UseCase } from '@/lib/use-cases/define'

const operations = Object.values(useCases).map((useCase: UseCase) => ({ useCase, segments: useCase.path.split('/') }))

const operationsAt = (path: string): UseCase[] => {
  const segments = path.split('/')
  return operations.filter((operation) => isAt(segments, operation.segments)).map(({ useCase }) => useCase)
}

/** The methods that a path below the API's prefix takes; none when there is no such path. */
export function methodsAt(path: string): string[] {
  const methods = operationsAt(path).map(({ method }) => method)
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort()
}

const mebibyte = 1024 * 1024

/** How many bytes the body of a request may have: 1 MB, or what its operation says. */
export function bodyBytesMaxAt(method: string, path: string): number {
  const allowed = operationsAt(path).filter((useCase) => useCase.method === method)
  return Math.max(mebibyte, ...allowed.map(({ bodyBytesMax = 0 }) => bodyBytesMax))
}

/** `{name}` in the path of an operation stands for any one segment. */
function isAt(segments: readonly string[], template: readonly string[]): boolean {
  if (segments.length !== template.length) return false
  return template.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
}
