import { z } from 'zod'
import { toJson } from '@/lib/audit/model'
import { lockEstate } from '@/lib/estate/settle'
import { severities } from '@/lib/gaps/model'
import { differenceUnder, evaluateEverything } from '@/lib/gaps/reevaluate'
import { findRule } from '@/lib/gaps/rules'
import { reasonSchema } from '@/lib/registry/model'
import { defineCommand, defineQuery } from '@/lib/use-cases/define'
import { DomainError } from '@/lib/use-cases/errors'
import { defaultPolicy, policySchema } from './model'
import { countDueMoves, moveDueDates, policySetting, writePolicy } from './store'

const settingSchema = z.object({
  policy: policySchema,
  defaults: policySchema.describe('What counts where nothing was decided'),
  version: z.number().int().describe('0 while it was never set'),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: z.string().nullable(),
})

const sideSchema = z.object({
  count: z.number().int(),
  rules: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      count: z.number().int(),
      samples: z.array(z.object({ severity: z.enum(severities), explanation: z.string() })),
    }),
  ),
})
const policyPreviewSchema = z.object({
  opens: sideSchema.describe('Gaps that would open, or open again'),
  closes: sideSchema.describe('Gaps that would resolve'),
  movesDueDates: z.number().int().describe('Due dates that would move, of those nobody set by hand'),
})

const getPolicy = defineQuery({
  name: 'settings.policy.get',
  summary: 'The policy in force: limits of the rules, due dates, exceptions, activation',
  method: 'GET',
  path: '/settings/policy',
  input: z.strictObject({}),
  output: settingSchema,
  async handler({ db }) {
    const { policy, version, updatedAt, updatedBy } = await policySetting(db)
    return { policy, defaults: defaultPolicy, version, updatedAt: updatedAt?.toISOString() ?? null, updatedBy }
  },
})

const previewPolicy = defineQuery({
  name: 'settings.policy.preview',
  summary: 'Which gaps a policy would open and close; writes nothing',
  method: 'POST',
  path: '/settings/policy/preview',
  input: z.strictObject({ policy: policySchema }),
  output: policyPreviewSchema,
  async handler(context, { policy }) {
    const difference = await differenceUnder(context, policy.gaps)
    const movesDueDates = await countDueMoves(context.db, policy.dueDays)
    return { opens: sideOf(difference.opens), closes: sideOf(difference.closes), movesDueDates }
  },
})

type Side = Awaited<ReturnType<typeof differenceUnder>>['opens']

function sideOf({ count, byRule, first }: Side): z.infer<typeof sideSchema> {
  const rules = Object.entries(byRule).map(([rule, ofRule]) => ({
    rule,
    title: findRule(rule)?.title ?? rule,
    count: ofRule,
    samples: first.filter((gap) => gap.rule === rule).map(({ severity, explanation }) => ({ severity, explanation })),
  }))
  return { count, rules: rules.sort((one, other) => other.count - one.count) }
}

/** Puts a policy in force and brings gaps and due dates in line with it, in the same transaction. */
const updatePolicy = defineCommand({
  name: 'settings.policy.update',
  summary: 'Set the policy; gaps and due dates follow at once',
  method: 'PUT',
  path: '/settings/policy',
  reauthenticates: true,
  input: z.strictObject({
    policy: policySchema.describe('The whole of it; what is left out has its default'),
    version: z.number().int().describe('The version that was looked at: refused as stale when there is a newer one'),
    reason: reasonSchema,
  }),
  output: z.object({ version: z.number().int(), opened: z.number().int(), closed: z.number().int() }),
  async handler(context, { policy, version, reason }) {
    await lockEstate(context)
    const before = await policySetting(context.db)
    if (before.version !== version)
      throw new DomainError(
        'stale',
        `The policy was changed${before.updatedBy ? ` by ${before.updatedBy}` : ''} since you opened it. Your values are still here; reload to see theirs.`,
      )
    await writePolicy(context, policy, version + 1)
    const { opened, reopened, resolved } = await evaluateEverything(context)
    await moveDueDates(context.db, policy.dueDays)
    return {
      output: { version: version + 1, opened: opened + reopened, closed: resolved },
      event: {
        subjectType: 'settings',
        subjectId: 'policy',
        before: toJson(before.policy),
        after: toJson(policy),
        reason,
      },
    }
  },
})

export const settingsUseCases = {
  'settings.policy.get': getPolicy,
  'settings.policy.preview': previewPolicy,
  'settings.policy.update': updatePolicy,
}
