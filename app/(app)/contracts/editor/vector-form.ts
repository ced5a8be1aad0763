import { type DecisionVector, decisionVectorSchema } from '@/lib/contracts/model'
import { fieldOf } from '@/lib/importers/source/document'
import { attributesIn } from './values'

/** A vector as its dialog holds it: attributes as the JSON that was typed. */
export type VectorValues = {
  name: string
  subjectType: string
  subjectId: string
  subjectProperties: string
  actionName: string
  actionProperties: string
  resourceType: string
  resourceId: string
  resourceProperties: string
  context: string
  decision: 'allow' | 'deny'
}

const typed = (value: object | undefined) => (value === undefined ? '' : JSON.stringify(value, null, 2))

/** A vector as its dialog shows it; a new one begins with the types that most have. */
export function vectorValues(vector: DecisionVector | null): VectorValues {
  return {
    name: vector?.name ?? '',
    subjectType: vector?.subject.type ?? 'agent',
    subjectId: vector?.subject.id ?? '',
    subjectProperties: typed(vector?.subject.properties),
    actionName: vector?.action.name ?? '',
    actionProperties: typed(vector?.action.properties),
    resourceType: vector?.resource.type ?? '',
    resourceId: vector?.resource.id ?? '',
    resourceProperties: typed(vector?.resource.properties),
    context: typed(vector?.context),
    decision: vector?.decision === false ? 'deny' : 'allow',
  }
}

/** Where the dialog shows what the schema says of a part. */
const fieldOfPart: Readonly<Record<string, keyof VectorValues>> = {
  name: 'name',
  'subject.type': 'subjectType',
  'subject.id': 'subjectId',
  'subject.properties': 'subjectProperties',
  'action.name': 'actionName',
  'action.properties': 'actionProperties',
  'resource.type': 'resourceType',
  'resource.id': 'resourceId',
  'resource.properties': 'resourceProperties',
  context: 'context',
}

/** The vector that the dialog describes, or what is wrong by field. */
export function vectorIn(values: VectorValues): { vector: DecisionVector } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {}
  const attributes = (field: 'subjectProperties' | 'actionProperties' | 'resourceProperties' | 'context') => {
    const read = attributesIn(values[field])
    if (typeof read === 'string') errors[field] = read
    return typeof read === 'string' ? undefined : read.attributes
  }
  const withAttributes = (entity: object, properties: object | undefined) => ({
    ...entity,
    ...(properties && { properties }),
  })
  const context = attributes('context')
  const parsed = decisionVectorSchema.safeParse({
    name: values.name,
    subject: withAttributes(
      { type: values.subjectType.trim(), id: values.subjectId.trim() },
      attributes('subjectProperties'),
    ),
    action: withAttributes({ name: values.actionName.trim() }, attributes('actionProperties')),
    resource: withAttributes(
      { type: values.resourceType.trim(), id: values.resourceId.trim() },
      attributes('resourceProperties'),
    ),
    ...(context && { context }),
    decision: values.decision === 'allow',
  })
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOfPart[fieldOf(issue.path) ?? '']
    if (field) errors[field] ??= issue.message
  }
  return parsed.success && Object.keys(errors).length === 0 ? { vector: parsed.data } : { errors }
}
