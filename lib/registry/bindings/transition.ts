import { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { policyOf } from '@/lib/settings/store'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { editEntry, editedWith } from '../changes'
import type { BindingState } from '../model'
import { savedSchema } from '../shapes'
import { assertFresh } from '../stale'
import { bindingCalled } from './called'
import { approverOf } from './edit'
import { transitionBindingInput } from './model'
import { activationConcern, canBinding } from './state'
import { type StoredBinding, unownedLayersOf } from './store'

/** Access that is asked for again was never certified. */
const uncertified = { certifiedAt: null, certifiedBy: null, certifiedItemId: null, certificationLostAt: null }

/** What a move writes besides the state: approval dates the intent, activation starts the clock, asking again starts over. */
async function columnsOf(context: UseCaseContext, binding: StoredBinding, to: BindingState) {
  switch (to) {
    case 'approved':
      if (binding.intentApprovedAt) return {}
      return { intentApprovedById: (await approverOf(context))?.id ?? null, intentApprovedAt: context.now }
    case 'active':
      return { activeSince: context.now }
    case 'requested':
      return { activeSince: null, intentApprovedById: null, intentApprovedAt: null, ...uncertified }
    case 'revoked':
      return {}
  }
}

/** What the policy says to activating the binding as it is owned now. */
async function concernAbout({ db }: UseCaseContext, { id, risk }: StoredBinding) {
  const { activation } = await policyOf(db)
  return activationConcern(activation[risk], risk, await unownedLayersOf(db, id))
}

/** Approves, activates, revokes, or requests again. No owner, no activation: blocked or warned about by risk. */
export const transitionBinding = defineCommand({
  name: 'bindings.transition',
  summary: 'Approve, activate, revoke a binding, or request it again',
  method: 'POST',
  path: '/bindings/{binding}/transition',
  input: transitionBindingInput,
  output: savedSchema.extend({ state: transitionBindingInput.shape.to, warnings: z.array(z.string()) }),
  async handler(context, { binding: key, version, to, reason }) {
    await lockEstate(context)
    const binding = await bindingCalled(context, key)
    const { id, slug } = binding
    await assertFresh(context, { type: 'binding', ...binding }, version)
    const verdict = canBinding.move(binding, to)
    if (verdict !== true) throw new DomainError('wrong_state', verdict)
    const concern = to === 'active' ? await concernAbout(context, binding) : null
    if (concern?.blocks) throw new DomainError('refused', concern.message)
    await context.db.prisma.binding.update({
      where: { id },
      data: {
        state: to,
        ...(await columnsOf(context, binding, to)),
        editedFields: editedWith(binding.editedFields, ['state']),
        version: version + 1,
        updatedAt: context.now,
      },
    })
    await settle(context, { bindings: [id] })
    const changes = { before: { state: binding.state }, after: { state: to } }
    return {
      output: { id, slug, version: version + 1, state: to, warnings: concern ? [concern.message] : [] },
      event: editEntry({ type: 'binding', id, slug }, changes, reason),
    }
  },
})
