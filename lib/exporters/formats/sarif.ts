import { z } from 'zod'
import { gapStates, gapSubjectTypes, severities } from '@/lib/gaps/model'
import { layerIds } from '@/lib/layers'
import { kindsOf } from '../names'
import type { GapLine } from '../sarif/gap-line'
import { sarifLog } from '../sarif/log'
import type { Format } from './model'

/** Takes a gap from a row of the dataset. */
const gapSchema = z
  .object({
    key: z.string(),
    rule: z.string(),
    layer: z.enum(layerIds).nullable(),
    point: z.string().nullable(),
    severity: z.enum(severities),
    state: z.enum(gapStates),
    subject_type: z.enum(gapSubjectTypes),
    subject: z.string(),
    affected: z.number(),
    since: z.string(),
    explanation: z.string(),
  })
  .transform(
    ({ key: id, subject_type: type, subject: slug, ...gap }): GapLine => ({ ...gap, id, subject: { type, slug } }),
  )

/** Gaps as a log of SARIF 2.1.0, for code scanning services. It is one document, and so bounded by what they take. */
export const sarifFormat: Format = {
  name: 'sarif',
  title: 'SARIF',
  extension: 'sarif',
  mediaType: 'application/sarif+json',
  kinds: kindsOf('sarif'),
  rowsMax: 25_000,
  async *write({ rows }) {
    const gaps: GapLine[] = []
    for await (const batch of rows) gaps.push(...z.array(gapSchema).parse(batch))
    yield `${JSON.stringify(sarifLog(gaps), null, 2)}\n`
  },
}
