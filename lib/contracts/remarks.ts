import type { DecisionVector, Limits } from './model'
import { covers } from './patterns'

/** Something about a contract that is allowed and probably not meant. */
export interface Remark {
  /** The field it is about, such as `limits.vectors[2]`. */
  field: string
  text: string
}

/** How a resource may be named by a pattern: by its id alone, or with its type before it. */
const namesOf = ({ type, id }: DecisionVector['resource']) => [id, `${type}:${id}`, `${type}/${id}`, type]

function contradictionOf(limits: Limits, vector: DecisionVector): string | null {
  if (!vector.decision) return null
  if (limits.actions && !limits.actions.some((action) => covers(action, vector.action.name)))
    return `It expects "${vector.action.name}" to be allowed, which is not among the actions`
  const { resources } = limits
  // Where one is written in words, nobody can tell by its letters what it covers.
  if (resources?.some((pattern) => /\s/.test(pattern))) return null
  if (resources && !resources.some((pattern) => namesOf(vector.resource).some((name) => covers(pattern, name))))
    return `It expects an allow on "${vector.resource.id}", which no resource pattern covers`
  return null
}

/** What a reader of the contract would stumble over: vectors that contradict its own limits, or prove little. */
export function remarksOn(limits: Limits): Remark[] {
  const { vectors = [] } = limits
  const remarks: Remark[] = vectors.flatMap((vector, index) => {
    const text = contradictionOf(limits, vector)
    return text ? [{ field: `limits.vectors[${index}]`, text: `${text}.` }] : []
  })
  if (vectors.length === 0)
    remarks.push({ field: 'limits.vectors', text: 'Without decision vectors no point can be asked whether it agrees.' })
  else if (vectors.every(({ decision }) => decision))
    remarks.push({
      field: 'limits.vectors',
      text: 'No vector expects a deny, so nothing shows what has to be refused.',
    })
  return remarks
}
