import type { DecisionVector } from '@/lib/contracts/model'
import type { Outbound } from '@/lib/outbound/client'
import { OutboundError } from '@/lib/outbound/errors'
import { type Answer, decisionSchema, decisionsSchema, type Endpoints, itemError } from './model'

/** A question of the protocol: a vector without its name and the answer it expects. */
export type Question = Omit<DecisionVector, 'name' | 'decision'>

interface Asking {
  outbound: Outbound
  endpoints: Endpoints
  headers: () => Record<string, string>
  signal: AbortSignal
  /** Milliseconds on a clock that only goes forward. */
  clock: () => number
}

/** Questions that are under way at once where batches are not offered. */
const atOnce = 4

/** Puts questions to a decision point, in one batch where it takes batches; one answer for each, in their order. */
export async function askAll(asking: Asking, questions: readonly Question[]): Promise<Answer[]> {
  const { evaluations, published } = asking.endpoints
  if (evaluations === null || questions.length === 0) return await askEach(asking, questions)
  const batch = await askBatch(asking, evaluations, questions)
  // Default paths are a guess: without metadata nobody has promised that batches are taken.
  if (batch instanceof OutboundError && !published && (batch.status === 404 || batch.status === 405))
    return await askEach(asking, questions)
  return batch instanceof OutboundError ? questions.map(() => unanswered(batch.message)) : batch
}

async function askBatch(
  { outbound, headers, signal, clock }: Asking,
  url: string,
  questions: readonly Question[],
): Promise<Answer[] | OutboundError> {
  const started = clock()
  try {
    const json = { evaluations: questions, options: { evaluations_semantic: 'execute_all' } }
    const answer = decisionsSchema.safeParse(
      await outbound.json({ method: 'POST', url, json, headers: headers(), signal }),
    )
    if (!answer.success) return new OutboundError('malformed', 'Its answer has no list of evaluations.')
    const milliseconds = Math.round(clock() - started)
    // Matched by position, never by length: an answer may be shorter than what was asked (section 7.1.2).
    const given = answer.data.evaluations
    return questions.map((_, index) =>
      index < given.length
        ? answerOf(given[index], milliseconds)
        : unanswered('It left this question out of its answer.'),
    )
  } catch (error) {
    if (error instanceof OutboundError) return error
    throw error
  }
}

/** One by one, a few at a time, in the order of the questions. */
async function askEach(asking: Asking, questions: readonly Question[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const waiting = questions.entries()
  const work = async () => {
    // One iterator for all workers: each takes the next question that nobody has taken.
    for (const [index, question] of waiting) answers[index] = await askOne(asking, question)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, work))
  return answers
}

async function askOne({ outbound, endpoints, headers, signal, clock }: Asking, question: Question): Promise<Answer> {
  const started = clock()
  try {
    const asked = { method: 'POST', url: endpoints.evaluation, json: question, headers: headers(), signal } as const
    return answerOf(await outbound.json(asked), Math.round(clock() - started))
  } catch (error) {
    if (error instanceof OutboundError) return unanswered(error.message, Math.round(clock() - started))
    throw error
  }
}

const unanswered = (error: string, milliseconds: number | null = null): Answer => ({
  decision: null,
  error,
  milliseconds,
})

/** A deny that stands in for an evaluation that failed proves nothing about the policy: it is no decision. */
function answerOf(answer: unknown, milliseconds: number): Answer {
  const parsed = decisionSchema.safeParse(answer)
  if (!parsed.success) return unanswered('Its decision is missing or neither true nor false.', milliseconds)
  const failed = itemError(answer)
  if (failed !== null) return unanswered(`It could not evaluate this question: ${failed}`, milliseconds)
  return { decision: parsed.data.decision, error: null, milliseconds }
}
