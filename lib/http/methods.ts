import { useCases } from '@/lib/use-cases/catalog'

const operations = Object.values(useCases).map(({ method, path }) => ({ method, segments: path.split('/') }))

/** The methods that a path below the API's prefix takes; none when there is no such path. */
export function methodsAt(path: string): string[] {
  const segments = path.split('/')
  const methods = operations.filter((operation) => isAt(segments, operation.segments)).map(({ method }) => method)
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].sort()
}

/** `{name}` in the path of an operation stands for any one segment. */
function isAt(segments: readonly string[], template: readonly string[]): boolean {
  if (segments.length !== template.length) return false
  return template.every((part, index) => (part.startsWith('{') ? segments[index] !== '' : part === segments[index]))
}
