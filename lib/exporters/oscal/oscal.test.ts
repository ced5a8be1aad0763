import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapStates, gapSubjectTypes, severities } from '@/lib/gaps/model'
import { rules } from '@/lib/gaps/rules'
import { layerIds } from '@/lib/layers'
import { controlsIn, frameworks } from '@/lib/standards/controls'
import { controlId } from './controls'
import { type OscalModel, oscalDocument, oscalModels } from './document'
import type { OscalCampaign, OscalGap, OscalPerson, OscalSource, OscalSubject, OscalTeam } from './model'
import { joined, oscalFaults } from './testing'

interface Content {
  gaps: OscalGap[]
  subjects: OscalSubject[]
  teams: OscalTeam[]
  people: OscalPerson[]
  campaigns: OscalCampaign[]
}
const nothing: Content = { gaps: [], subjects: [], teams: [], people: [], campaigns: [] }

async function* inPages<Item>(items: readonly Item[]) {
  for (let from = 0; from < items.length; from += 2) yield items.slice(from, from + 2)
}

const sourceOf = (content: Content): OscalSource => ({
  gaps: () => inPages(content.gaps),
  subjects: () => inPages(content.subjects),
  teams: () => inPages(content.teams),
  people: () => inPages(content.people),
  campaigns: () => inPages(content.campaigns),
})

const at = new Date('2026-11-28T10:00:00.000Z')

async function written(model: OscalModel, content: Content, narrowedTo: string | null = null): Promise<string> {
  return await joined(oscalDocument(model, sourceOf(content), { at, narrowedTo }))
}

const awkward = [
  '<script>alert("x")</script> **bold** [a](javascript:x) {{ insert: param, x }}',
  'two\nlines\r\nand\u2028a third',
  '  ',
  '',
  'عنوان من اليمين إلى اليسار \u202e',
  '名称 👩‍🚀🏴‍☠️',
  'x'.repeat(10_000),
]
const text = fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', maxLength: 30 }))
const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value)

const anyGap: fc.Arbitrary<OscalGap> = fc.record({
  id: fc.uuid(),
  rule: fc.oneof(fc.constantFrom(...rules.map(({ id }) => id)), text),
  layer: fc.constantFrom(null, ...layerIds),
  severity: fc.constantFrom(...severities),
  state: fc.constantFrom(...gapStates),
  subject: fc.record({ type: fc.constantFrom(...gapSubjectTypes), id: fc.uuid(), slug: text }),
  point: orNull(fc.record({ id: fc.uuid(), slug: text })),
  affected: fc.nat(1_000_000),
  explanation: text,
  openedAt: date,
  dueAt: orNull(date),
  assigneeId: orNull(fc.uuid()),
  teamIds: fc.array(fc.uuid(), { maxLength: 3 }),
  exception: orNull(
    fc.record({
      id: fc.uuid(),
      state: fc.constantFrom('asked' as const, 'in_force' as const),
      reason: text,
      askedBy: text,
      decidedBy: orNull(text),
      expires: date,
    }),
  ),
  remediation: orNull(
    fc.record({ id: fc.uuid(), dueAt: date, assigneeId: orNull(fc.uuid()), teamId: orNull(fc.uuid()) }),
  ),
  events: fc.array(
    fc.record({ id: fc.uuid(), at: date, toState: fc.constantFrom(...gapStates), actor: text, note: orNull(text) }),
    { maxLength: 2 },
  ),
})
const anyContent: fc.Arbitrary<Content> = fc.record({
  gaps: fc.array(anyGap, { maxLength: 4 }),
  subjects: fc.array(
    fc.record({
      id: fc.uuid(),
      type: fc.constantFrom(...gapSubjectTypes, 'enforcement_point' as const),
      slug: text,
      name: text,
      description: text,
      isActive: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  teams: fc.array(
    fc.record({
      id: fc.uuid(),
      slug: text,
      name: text,
      function: text,
      isActive: fc.boolean(),
      contact: orNull(fc.oneof(text, fc.emailAddress())),
    }),
    { maxLength: 3 },
  ),
  people: fc.array(
    fc.record({
      id: fc.uuid(),
      externalId: text,
      name: text,
      isActive: fc.boolean(),
      teamIds: fc.array(fc.uuid(), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  campaigns: fc.array(
    fc.record({
      id: fc.uuid(),
      slug: text,
      name: text,
      description: text,
      kind: fc.constantFrom('ownership' as const, 'access' as const),
      state: text,
      startedAt: date,
      endedAt: orNull(date),
      items: fc.nat(),
      ownerId: orNull(fc.uuid()),
      ownerName: text,
    }),
    { maxLength: 2 },
  ),
})

const references = (value: unknown, key: string): string[] =>
  JSON.stringify(value)
    .split(`"${key}":"`)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('"')))

describe.each(oscalModels)('%s', (model) => {
  it('is valid by the schema, whatever people typed', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, orNull(text), async (content, narrowedTo) => {
        expect(await oscalFaults(model, await written(model, content, narrowedTo))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('is valid without anything in the register', async () => {
    expect(await oscalFaults(model, await written(model, nothing))).toEqual([])
  })

  it('would be found out if it were not', async () => {
    const document = JSON.parse(await written(model, nothing))
    document[model].metadata.title = 'two\nlines'
    expect(await oscalFaults(model, JSON.stringify(document))).not.toEqual([])
  })

  it('is the same for the same, and names things as before when something else is added', async () => {
    const [content] = fc.sample(anyContent, { numRuns: 1, seed: 7 })
    if (!content) throw new Error('no sample')
    const text = await written(model, content)
    expect(await written(model, content)).toBe(text)
    const [more] = fc.sample(anyGap, { numRuns: 1, seed: 8 })
    if (!more) throw new Error('no sample')
    const risks = (from: string) => references(JSON.parse(from)[model], 'risk-uuid')
    expect(risks(await written(model, { ...content, gaps: [...content.gaps, more] }))).toEqual(
      expect.arrayContaining(risks(text)),
    )
  })

  it('refers to nothing that is not in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyGap, { maxLength: 4 }), async (gaps) => {
        const document = JSON.parse(await written(model, { ...nothing, gaps }))
        const uuids = new Set(references(document, 'uuid'))
        for (const key of ['observation-uuid', 'risk-uuid', 'task-uuid', 'activity-uuid', 'actor-uuid'])
          for (const referred of references(document, key)) expect(uuids).toContain(referred)
      }),
      { numRuns: 8 },
    )
  })
})

describe('assessment results', () => {
  it('have a finding for every gap, and one for every rule that found nothing', async () => {
    const [sample] = fc.sample(anyGap, { numRuns: 1, seed: 3 })
    if (!sample) throw new Error('no sample')
    const gaps = [{ ...sample, rule: 'layer-unowned', state: 'open' as const }]
    const statesIn = (text: string) =>
      JSON.parse(text)['assessment-results'].results[0].findings.map(
        (finding: { target: { 'target-id': string; status: { state: string } } }) => [
          finding.target['target-id'],
          finding.target.status.state,
        ],
      )
    const states = statesIn(await written('assessment-results', { ...nothing, gaps }))
    expect(states).toHaveLength(rules.length)
    expect(states[0]).toEqual(['layer-unowned', 'not-satisfied'])
    expect(states.slice(1).every(([, state]: [string, string]) => state === 'satisfied')).toBe(true)
    // What was left out by a filter was not found to be in order.
    expect(statesIn(await written('assessment-results', { ...nothing, gaps }, 'rule is layer-unowned'))).toHaveLength(1)
  })

  it('name each control so that no two share a name', () => {
    const ids = frameworks.flatMap(({ key }) => controlsIn(key).map(({ id }) => controlId(key, id)))
    expect(new Set(ids).size).toBe(ids.length)
    expect(controlId('nist-800-53', 'AC-2(3)')).toBe('ac-2.3')
  })
})
