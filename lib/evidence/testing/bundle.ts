import type { DatasetRow } from '@/lib/exporters/datasets/model'
import { composeBundle } from '../bundle/compose'
import type { BundleContents, BundleDataset } from '../bundle/contents'
import { Spool } from '../bundle/spool'
import { zipOf } from '../bundle/zip'
import type { BundleRequest } from '../model'
import { TestLog } from './log'

/** A register of a few rows, changed by a few events, and bundles of it. */

const layers = ['enforcement', 'entitlement', 'identity', 'monitoring', 'privilege']

export const matrixRows: readonly DatasetRow[] = Array.from({ length: 8 }, (_, place) =>
  layers.map((layer) => ({
    key: `bot-${place}/crm@production#${layer}`,
    binding: `bot-${place}/crm@production`,
    layer,
    team: place % 3 === 0 ? null : 'iam',
    person_name: place === 2 ? '=Ana "Ruiz" <é 名>' : 'Ana Ruiz',
    gaps: place,
    credible: place % 2 === 0,
  })),
).flat()

const assignmentIds = ['a-0', 'a-1', 'a-2', 'a-3']
export const assignmentRows: readonly DatasetRow[] = assignmentIds.map((key, place) => ({
  key,
  name: `identity:agent:bot-${place}`,
  team: 'iam',
  state: ['accepted', 'ended', 'proposed', 'accepted'][place] ?? 'proposed',
  deputies: place === 0 ? ['ben', 'cho'] : [],
}))

const columnsOf = (rows: readonly DatasetRow[]) => Object.keys(rows[0] ?? {}).map((id) => ({ id, title: id }))

async function* inBatches(rows: readonly DatasetRow[]) {
  for (let at = 0; at < rows.length; at += 7) yield rows.slice(at, at + 7)
}

export const testDataset = (name: string, rows: readonly DatasetRow[], isChosen?: (row: DatasetRow) => boolean) =>
  ({
    name,
    title: name,
    description: 'Rows of a test',
    columns: columnsOf(rows),
    all: () => inBatches(rows),
    chosen: isChosen ? () => inBatches(rows.filter(isChosen)) : null,
  }) satisfies BundleDataset

/** A log in which owners are named, accept and end, and other things happen. */
export function testLog(): TestLog {
  const log = new TestLog()
  const named = (place: number) => ({
    id: `a-${place}`,
    name: `identity:agent:bot-${place}`,
    team: 'iam',
    person: null,
  })
  const about = { subjectType: 'assignment' }
  log.append({ action: 'agents.create', subjectType: 'agent', subjectId: 'bot-0', after: { slug: 'bot-0' } })
  log.append({
    ...about,
    action: 'assignments.create',
    subjectId: 'several',
    before: { ended: [] },
    after: [0, 1].map(named),
  })
  log.append({ ...about, action: 'assignments.accept', subjectId: 'a-0', after: { state: 'accepted' } })
  log.append({ ...about, action: 'assignments.setDeputies', subjectId: 'a-0', after: { deputies: ['ben', 'cho'] } })
  log.append({ action: 'imports.apply', subjectType: 'import', subjectId: 'i-1', after: { created: 3 } })
  log.append({
    ...about,
    action: 'assignments.create',
    subjectId: 'a-2',
    before: { ended: ['a-1'] },
    after: [named(2)],
  })
  for (let more = 0; more < 30; more += 1)
    log.append({ action: 'gaps.comment', subjectType: 'gap', subjectId: `g-${more}`, after: { length: more } })
  return log
}

/** Events about assignments in `testLog`. */
const aboutAssignments = [1, 2, 3, 5]

export interface TestBundleOptions {
  log?: TestLog
  request?: Partial<BundleRequest>
  isChosen?: (row: DatasetRow) => boolean
  at?: Parameters<TestLog['at']>[1]
  /** Events after the recorded state. */
  later?: number
}

/** What a bundle of the register is made of. */
export function testContents(options: TestBundleOptions = {}): BundleContents {
  const log = options.log ?? testLog()
  const datasets = [testDataset('matrix', matrixRows, options.isChosen), testDataset('assignments', assignmentRows)]
  const state = log.record(datasets, (name) => [...(name === 'matrix' ? matrixRows : assignmentRows)])
  for (let more = 0; more < (options.later ?? 3); more += 1)
    log.append({ action: 'gaps.comment', subjectType: 'gap', subjectId: `later-${more}` })
  const request: BundleRequest = {
    datasets: ['matrix', 'assignments'],
    filter: options.isChosen ? { layer: 'identity' } : {},
    asOf: null,
    period: null,
    since: options.at?.since ?? null,
    ...options.request,
  }
  return {
    request,
    log: log.at(state, options.at),
    datasets: datasets.filter(({ name }) => request.datasets.includes(name)),
    eventsAbout: async () => aboutAssignments,
    eventsOfPeriod: async () => Array.from({ length: log.size }, (_, index) => index),
  }
}

/** The bytes of a bundle. */
export async function bundleBytes(contents: BundleContents): Promise<Uint8Array> {
  const spool = await Spool.open()
  try {
    const { files } = await composeBundle(spool, contents)
    const parts: Uint8Array[] = []
    for await (const part of zipOf(files)) parts.push(part)
    return Buffer.concat(parts)
  } finally {
    await spool.remove()
  }
}

export const testBundle = (options: TestBundleOptions = {}) => bundleBytes(testContents(options))
