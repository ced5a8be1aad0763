import 'server-only'
import type { Db } from '@/lib/db/client'
import { defaultPolicy, type Policy, policySchema } from './model'

/** The policy in force. What was stored by an older version gets the defaults of what came since. */
export async function policyOf(db: Db): Promise<Policy> {
  const row = await db.prisma.setting.findUnique({ where: { key: 'policy' }, select: { value: true } })
  return row ? policySchema.parse(row.value) : defaultPolicy
}
