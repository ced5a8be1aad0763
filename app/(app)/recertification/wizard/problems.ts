import type { FieldProblem } from '@/lib/use-cases/errors'

/** Lists that the form shows as one field. */
const oneField: readonly string[] = ['reminderDays']

/**
 * Where a problem of the server stands in the form: `definition.stages[0].duration` is `stages.0.duration` here. What
 * is inside of a value that the form shows as one field stands at that field.
 */
export function formPath(field: string): string {
  const path = field.replace(/^(definition|overrides)\.?/, '').replaceAll(/\[(\d+)\]/g, '.$1')
  const [first = ''] = path.split('.')
  if (oneField.includes(first)) return first
  // Several values of one filter are one field; so are the answers that a stage takes.
  return path.replace(/^(scope\.\w+)\..*$/, '$1').replace(/^(stages\.\d+\.takes)\..*$/, '$1')
}

/** Problems by the field of the form at which they stand. */
export function problemsByField(fields: readonly FieldProblem[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ field, message }) => [formPath(field), message]).reverse())
}
