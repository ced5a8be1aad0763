import { rules } from '@/lib/gaps/rules'
import { activities, logEntryOf, taskOf } from './campaigns'
import { backMatter, importedPlan, objectives, reviewedControls } from './controls'
import { findingOf, observationOf, poamItemOf, riskOf, satisfiedFinding } from './gaps'
import { jsonParts, type Pages } from './json-parts'
import type { OscalSource } from './model'
import { assessmentAssets, componentOf, parties, roles } from './subjects'
import { markupText } from './texts'
import { uuidOf } from './uuids'

/** The version of OSCAL that documents are written in. */
export const oscalVersion = '1.2.1'

export const oscalModels = ['assessment-results', 'plan-of-action-and-milestones'] as const
export type OscalModel = (typeof oscalModels)[number]

/** What a document is about. */
export interface OscalStamp {
  /** The instant that it shows. */
  at: Date
  /** What narrows its gaps, in words; null when it has all of them. */
  narrowedTo: string | null
}

const writers: Record<OscalModel, (source: OscalSource, stamp: OscalStamp) => Parameters<typeof jsonParts>[0]> = {
  'assessment-results': assessmentResults,
  'plan-of-action-and-milestones': planOfAction,
}

/** A document of OSCAL as JSON, part by part: the parts one after the other are the file. */
export async function* oscalDocument(
  model: OscalModel,
  source: OscalSource,
  stamp: OscalStamp,
): AsyncGenerator<string> {
  yield* jsonParts({ [model]: writers[model](source, stamp) })
  yield '\n'
}

async function* each<Item>(pages: AsyncIterable<readonly Item[]>, write: (item: Item) => object): Pages {
  for await (const page of pages) yield page.map(write)
}

function assessmentResults(source: OscalSource, stamp: OscalStamp) {
  const at = stamp.at.toISOString()
  return {
    ...opening('assessment-results', 'Ownership of control layers: assessment results', source, stamp),
    'import-ap': importedPlan,
    'local-definitions': { 'objectives-and-methods': objectives(), activities },
    results: [
      {
        uuid: uuidOf('result', at),
        title: `The gaps at ${at}`,
        description: 'What the gap rules find at this instant, and the recertification campaigns so far.',
        start: at,
        end: at,
        'local-definitions': {
          components: each(source.subjects(), componentOf),
          'assessment-assets': assessmentAssets,
          tasks: each(source.campaigns(), taskOf),
        },
        'reviewed-controls': reviewedControls(),
        // The log needs an entry, which it has from the beginning: the evaluation itself.
        'assessment-log': { entries: logEntries(source, at) },
        observations: each(source.gaps(), observationOf),
        risks: each(source.gaps(), riskOf),
        findings: findings(source, stamp),
      },
    ],
    'back-matter': backMatter(),
  }
}

async function* logEntries(source: OscalSource, at: string): Pages {
  yield [{ uuid: uuidOf('activity', `evaluation:${at}`), title: 'The gap rules were evaluated', start: at, end: at }]
  yield* each(source.campaigns(), logEntryOf)
}

/** The gaps, and of a document that has all of them, the rules that found nothing. */
async function* findings(source: OscalSource, { narrowedTo }: OscalStamp): Pages {
  const found = new Set<string>()
  for await (const gaps of source.gaps()) {
    for (const { rule } of gaps) found.add(rule)
    yield gaps.map(findingOf)
  }
  if (narrowedTo === null) yield rules.filter(({ id }) => !found.has(id)).map(satisfiedFinding)
}

function planOfAction(source: OscalSource, stamp: OscalStamp) {
  return {
    ...opening('plan-of-action-and-milestones', 'Ownership of control layers: plan of action', source, stamp),
    'system-id': { id: 'pentarch' },
    'local-definitions': {
      components: each(source.subjects(), componentOf),
      'assessment-assets': assessmentAssets,
    },
    observations: each(source.gaps(), observationOf),
    risks: each(source.gaps(), riskOf),
    'poam-items': poamItems(source),
    'back-matter': backMatter(),
  }
}

/** The schema asks for at least one item: a plan without gaps says just that. */
async function* poamItems(source: OscalSource): Pages {
  let isEmpty = true
  for await (const gaps of source.gaps()) {
    isEmpty = isEmpty && gaps.length === 0
    yield gaps.map(poamItemOf)
  }
  if (isEmpty)
    yield [{ uuid: uuidOf('poam-item', 'none'), title: 'No gaps', description: 'There is no gap to act upon.' }]
}

function opening(model: OscalModel, title: string, source: OscalSource, { at, narrowedTo }: OscalStamp) {
  const instant = at.toISOString()
  return {
    uuid: uuidOf('document', `${model}:${instant}:${narrowedTo ?? ''}`),
    metadata: {
      title,
      'last-modified': instant,
      version: instant,
      'oscal-version': oscalVersion,
      roles,
      parties: parties(source),
      ...(narrowedTo !== null && { remarks: markupText(`Only gaps by this filter: ${narrowedTo}`) }),
    },
  }
}
