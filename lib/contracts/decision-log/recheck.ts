import 'server-only'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { contractInForce } from '../parity/store'
import { contradictionOf, expectationsOf } from './contradiction'
import { decisionRequestSchema } from './model'
import { keepVerdicts, samplesAfter } from './store'

const atOnce = 1000

/**
 * Holds every logged decision of a tool against the contract that is in force now. Whoever puts another contract in
 * force calls this in the same transaction, before `settle`.
 */
export async function recheckSamples({ db }: UseCaseContext, toolId: string): Promise<void> {
  const contract = await contractInForce(db, toolId)
  const expectations = contract && expectationsOf(contract.limits)
  for (let after: string | null = null; ; ) {
    const samples: Awaited<ReturnType<typeof samplesAfter>> = await samplesAfter(db, toolId, after, atOnce)
    const last = samples.at(-1)
    if (!last) return
    const verdicts = samples.map(({ id, request, decision, requestDigest: digest }) => {
      const parsed = decisionRequestSchema.safeParse(request)
      const isJudged = expectations !== null && parsed.success
      return {
        id,
        contradiction: isJudged ? contradictionOf({ request: parsed.data, decision, digest }, expectations) : null,
      }
    })
    await keepVerdicts(db, contract?.id ?? null, verdicts)
    after = last.id
  }
}
