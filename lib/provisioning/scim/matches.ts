import type { Json } from '@/lib/audit/model'
import type { Condition, Operator } from './filter'
import { valuesAt } from './paths'
import { type Attribute, isObject, type JsonObject } from './schema'

type Compare = (actual: string, wanted: string) => boolean

const comparisons: Record<Exclude<Operator, 'ne'>, Compare> = {
  eq: (actual, wanted) => actual === wanted,
  co: (actual, wanted) => actual.includes(wanted),
  sw: (actual, wanted) => actual.startsWith(wanted),
  ew: (actual, wanted) => actual.endsWith(wanted),
  gt: (actual, wanted) => actual > wanted,
  ge: (actual, wanted) => actual >= wanted,
  lt: (actual, wanted) => actual < wanted,
  le: (actual, wanted) => actual <= wanted,
}

function holds(leaf: Attribute, operator: Exclude<Operator, 'ne'>, actual: Json, wanted: string | boolean): boolean {
  if (typeof wanted === 'boolean') return actual === wanted
  if (typeof actual !== 'string') return false
  const [one, other] = leaf.caseExact ? [actual, wanted] : [actual.toLowerCase(), wanted.toLowerCase()]
  return comparisons[operator](one, other)
}

/** Whether a resource, or one value of an attribute, meets a condition. `ne` is what `eq` is not, so that nothing at all is `ne` as well. */
export function matches(condition: Condition, resource: JsonObject): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((each) => matches(each, resource))
    case 'or':
      return condition.conditions.some((each) => matches(each, resource))
    case 'not':
      return !matches(condition.condition, resource)
    case 'present':
      return valuesAt(resource, condition.path).some((value) => value !== '')
    case 'values':
      return valuesAt(resource, condition.path).some((value) => isObject(value) && matches(condition.condition, value))
    case 'compare': {
      const { path, operator, value: wanted } = condition
      const leaf = path.sub ?? path.attribute
      const isThere = (as: Exclude<Operator, 'ne'>) =>
        valuesAt(resource, path).some((value) => holds(leaf, as, value, wanted))
      return operator === 'ne' ? !isThere('eq') : isThere(operator)
    }
  }
}
