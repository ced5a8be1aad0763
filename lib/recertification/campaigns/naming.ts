import type { z } from 'zod'
import { agentNamed, personNamed, teamNamed, toolNamed } from '@/lib/registry/references'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { fieldProblems } from '@/lib/use-cases/run'
import { type Definition, definitionSchema, type ReviewerStrategy } from '../model'
import { accountOfPerson, type OwningAccount } from './campaign-writes-store'

/** The refusal for one field. */
export function refuseField(field: string, message: string): DomainError {
  return new DomainError('invalid_input', `${field}: ${message}`, { fields: [{ field, message }] })
}

/** A template's definition with what differs from it. @throws DomainError `invalid_input`, at the override that is wrong. */
export function definitionWith(definition: Definition, overrides: Record<string, z.core.util.JSONType>): Definition {
  const parsed = definitionSchema.safeParse({ ...definition, ...overrides })
  if (parsed.success) return parsed.data
  const fields = fieldProblems(parsed.error).map(({ field, message }) => ({ field: `overrides.${field}`, message }))
  throw new DomainError('invalid_input', fields[0] ? `${fields[0].field}: ${fields[0].message}` : 'Not valid', {
    fields,
  })
}

async function assertStrategy(context: UseCaseContext, field: string, strategy: ReviewerStrategy): Promise<void> {
  if (strategy.by === 'team') await teamNamed(context, `${field}.team`, strategy.team)
  if (strategy.by !== 'person') return
  const person = await personNamed(context, `${field}.person`, strategy.person)
  if (person.status !== 'active') throw refuseField(`${field}.person`, `${person.name} has left; name somebody else`)
}

/** Makes sure that a definition names nothing the registry does not hold. @throws DomainError `invalid_input`. */
export async function assertNames(context: UseCaseContext, definition: Definition, at = 'definition'): Promise<void> {
  const { scope, stages } = definition
  for (const [index, slug] of (scope.team ?? []).entries()) await teamNamed(context, `${at}.scope.team[${index}]`, slug)
  if (scope.agent) await agentNamed(context, `${at}.scope.agent`, scope.agent)
  if (scope.tool) await toolNamed(context, `${at}.scope.tool`, scope.tool)
  for (const [number, stage] of stages.entries()) {
    const path = `${at}.stages[${number}]`
    await assertStrategy(context, `${path}.reviewers`, stage.reviewers)
    for (const [index, fallback] of stage.fallbacks.entries())
      await assertStrategy(context, `${path}.fallbacks[${index}]`, fallback)
    for (const [index, { to }] of stage.escalation.entries())
      await assertStrategy(context, `${path}.escalation[${index}].to`, to)
  }
}

/** Who owns it: the account of the person that was named, else whoever acts. */
export async function ownerNamed(context: UseCaseContext, owner: string | undefined): Promise<OwningAccount> {
  const { actor } = context
  if (owner === undefined) return { id: actor.id, name: actor.name }
  const person = await personNamed(context, 'owner', owner)
  const account = await accountOfPerson(context, person.externalId)
  if (!account) throw refuseField('owner', `${person.name} has no account that could sign in`)
  return account
}
