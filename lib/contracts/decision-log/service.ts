import 'server-only'
import type { z } from 'zod'
import { lockEstate, settle } from '@/lib/estate/settle'
import { verifyByDecisions } from '@/lib/recertification/remediation/verify'
import { defineCommand, type UseCaseContext } from '@/lib/use-cases/define'
import { DomainError, type FieldProblem } from '@/lib/use-cases/errors'
import { fieldPath } from '@/lib/use-cases/field-path'
import { requestDigest } from '../digest'
import { contractInForce } from '../parity/store'
import { contradictionOf, expectationsOf } from './contradiction'
import { batchCharactersMax, clockSkewMs, type LoggedDecision, parseDecision, recordInput, recordOutput } from './model'
import { keepSamples, namedThings, noteAgentsSeen, type SampleRow } from './store'

type Input = z.output<typeof recordInput>
/** A decision with what it names found, by id. */
interface Found extends Pick<LoggedDecision, 'time' | 'request' | 'decision'> {
  pointId: string
  toolId: string
  agentId: string
  source: string
}

const problemsShownMax = 100

function refuse(problems: readonly FieldProblem[]): never {
  const [first] = problems
  throw new DomainError('invalid_input', `${first?.field ?? 'decisions'}: ${first?.message ?? 'not valid'}.`, {
    fields: problems.slice(0, problemsShownMax),
  })
}

/** The entries as decisions; all of them, or the refusal that names what is wrong with each. */
function readEntries({ decisions, point, tool }: Input, now: Date): LoggedDecision[] {
  if (JSON.stringify(decisions).length > batchCharactersMax)
    throw new DomainError(
      'too_large',
      'A batch has at most 1,000,000 characters of JSON; send fewer decisions at a time.',
    )
  const problems: FieldProblem[] = []
  const read = decisions.flatMap((entry, index) => {
    const parsed = parseDecision(entry)
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        problems.push({ field: fieldPath(['decisions', index, ...issue.path]), message: issue.message })
      return []
    }
    if (parsed.data.time.getTime() > now.getTime() + clockSkewMs)
      problems.push({ field: fieldPath(['decisions', index, 'time']), message: 'Lies in the future' })
    return [{ ...parsed.data, point: parsed.data.point ?? point, tool: parsed.data.tool ?? tool }]
  })
  if (problems.length > 0) refuse(problems)
  return read
}

const unique = (names: readonly (string | undefined)[]) => [...new Set(names.filter((name) => name !== undefined))]

/** The decisions with what they name; all of them, or the refusal that says what nobody knows. */
async function findNamed({ db }: UseCaseContext, read: readonly LoggedDecision[], source: string | undefined) {
  const known = await namedThings(db, {
    points: unique(read.map(({ point }) => point)),
    tools: unique(read.map(({ tool }) => tool)),
    agents: unique(read.map(({ agent }) => agent)),
    subjects: unique(read.map(({ agent, request }) => (agent === undefined ? request.subject.id : undefined))),
  })
  const problems: FieldProblem[] = []
  const found = read.flatMap(({ point: slug, tool, agent, time, request, decision }, index): Found[] => {
    const problem = (field: string, message: string) =>
      problems.push({ field: `decisions[${index}].${field}`, message })
    const point = known.points.get(slug ?? '')
    if (!point)
      problem(
        'point',
        slug === undefined ? 'Say at which enforcement point' : `There is no enforcement point "${slug}"`,
      )
    // An application decides for its tool; where it has several, or at a gateway, the log has to say for which.
    const only = point?.tools.length === 1 ? point.tools[0]?.id : undefined
    const toolId = tool === undefined ? only : known.tools.get(tool)
    if (point && !toolId) problem('tool', tool === undefined ? 'Say for which tool' : `There is no tool "${tool}"`)
    const subject = request.subject.id
    const agentId =
      agent === undefined ? (known.identities.get(subject) ?? known.agents.get(subject)) : known.agents.get(agent)
    if (!agentId) problem(agent === undefined ? 'subject.id' : 'agent', `There is no agent "${agent ?? subject}"`)
    if (!point || !toolId || !agentId) return []
    return [
      {
        pointId: point.id,
        toolId,
        agentId,
        time,
        request,
        decision,
        source: source ?? `Decision log of ${point.name}`,
      },
    ]
  })
  if (problems.length > 0) refuse(problems)
  return found
}

/** The latest of each request at each point, held against the contract in force of its tool. */
async function judge({ db, newId }: UseCaseContext, found: readonly Found[]): Promise<SampleRow[]> {
  const contracts = new Map<string, { id: string; expectations: ReturnType<typeof expectationsOf> } | null>()
  for (const toolId of new Set(found.map((each) => each.toolId))) {
    const contract = await contractInForce(db, toolId)
    contracts.set(toolId, contract && { id: contract.id, expectations: expectationsOf(contract.limits) })
  }
  const latest = new Map<string, SampleRow>()
  for (const { pointId, toolId, agentId, time, request, decision, source } of found) {
    const digest = requestDigest(request)
    const key = `${pointId}/${toolId}/${digest}`
    const before = latest.get(key)
    if (before && before.decidedAt > time) continue
    const contract = contracts.get(toolId) ?? null
    latest.set(key, {
      ...{ id: newId(), pointId, toolId, agentId, requestDigest: digest, request, decision, decidedAt: time, source },
      contradiction: contract && contradictionOf({ request, decision, digest }, contract.expectations),
      contractId: contract?.id ?? null,
    })
  }
  return [...latest.values()]
}

/** The last sight of each agent's log, never later than now whatever the clock of the other side says. */
function lastSeen(found: readonly Found[], now: Date) {
  const seen = new Map<string, { agentId: string; source: string; at: Date }>()
  for (const { agentId, source, time } of found) {
    const at = time > now ? now : time
    const before = seen.get(agentId)
    if (!before || before.at < at) seen.set(agentId, { agentId, source, at })
  }
  return [...seen.values()]
}

const recordDecisions = defineCommand({
  name: 'decisionLogs.record',
  summary: 'Hand over what an enforcement point has decided: all of the batch, or with any error nothing',
  method: 'POST',
  path: '/decision-logs',
  input: recordInput,
  output: recordOutput,
  bodyBytesMax: 8 * 1024 * 1024,
  async handler(context, input) {
    const read = readEntries(input, context.now)
    await lockEstate(context)
    const found = await findNamed(context, read, input.source)
    const samples = await judge(context, found)
    const seen = lastSeen(found, context.now)
    await keepSamples(context.db, samples, context.now)
    await noteAgentsSeen(context.db, seen)
    const tools = [...new Set(found.map(({ toolId }) => toolId))]
    const decided = found.map(({ agentId, toolId, decision, time }) => ({
      agentId,
      toolId,
      allowed: decision,
      at: time,
    }))
    const bindings = await verifyByDecisions(
      context,
      decided,
      input.source ?? unique(read.map(({ point }) => point)).join(', '),
    )
    await settle(context, { tools, agents: seen.map(({ agentId }) => agentId), bindings })
    const contradictions = samples.filter(({ contradiction }) => contradiction !== null).length
    const output = { decisions: found.length, agents: seen.length, contradictions }
    const points = unique(read.map(({ point }) => point)).sort()
    return {
      output,
      event: { subjectType: 'decision_log', subjectId: points.join(', '), after: { points, ...output } },
    }
  },
})

export const decisionLogUseCases = { 'decisionLogs.record': recordDecisions }
