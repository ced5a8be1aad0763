import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { DecisionRequest } from '@/lib/contracts/decision-log/model'

/** What a decision point answers to one question (AuthZEN 1.0, section 5.2). */
export type Verdict = { decision: boolean; context?: { error: { status: number; message: string } } }

/** `claim` as Cedar writes a type: `Claim`. */
const typeName = (type: string) => type.charAt(0).toUpperCase() + type.slice(1)

const entity = ({ type, id, properties = {} }: DecisionRequest['subject']) => ({
  uid: { type: typeName(type), id },
  attrs: properties,
  parents: [],
})

/** Decides by Cedar policies: the subject is the principal, properties are its attributes. */
export function decide(policies: string, { subject, action, resource, context = {} }: DecisionRequest): Verdict {
  const [principal, target] = [entity(subject), entity(resource)]
  const answer = isAuthorized({
    principal: principal.uid,
    action: { type: 'Action', id: action.name },
    resource: target.uid,
    context: context,
    policies: { staticPolicies: policies },
    entities: [principal, target],
  })
  if (answer.type === 'success') return { decision: answer.response.decision === 'allow' }
  const message = answer.errors.map((error) => error.message).join('; ')
  return { decision: false, context: { error: { status: 500, message } } }
}
