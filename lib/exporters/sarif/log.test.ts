import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { registerSchema, type Validator, validate } from '@hyperjump/json-schema/draft-04'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { gapStates, gapSubjectTypes, severities } from '@/lib/gaps/model'
import { rules } from '@/lib/gaps/rules'
import type { ImportProblem } from '@/lib/importers/model'
import { layerIds } from '@/lib/layers'
import type { GapLine } from './gap-line'
import { type Place, sarifLog } from './log'

const schemaFile = path.join(import.meta.dirname, 'fixtures', 'sarif-schema-2.1.0.json')

let isSarif: Validator
beforeAll(async () => {
  const schema = JSON.parse(await readFile(schemaFile, 'utf8'))
  registerSchema(schema)
  isSarif = await validate(schema.id)
})

/** What the schema of SARIF 2.1.0 (errata 01) has against a log, once it went the way to a file and back. */
function faultsOf(log: object): unknown[] {
  const verdict = isSarif(JSON.parse(JSON.stringify(log)), 'BASIC')
  return verdict.valid ? [] : (verdict.errors ?? ['not valid'])
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const anyGap: fc.Arbitrary<GapLine> = fc.record({
  id: fc.uuid(),
  rule: fc.oneof(fc.constantFrom(...rules.map(({ id }) => id)), text),
  layer: fc.constantFrom(null, ...layerIds),
  point: fc.option(text),
  severity: fc.constantFrom(...severities),
  state: fc.constantFrom(...gapStates),
  subject: fc.record({ type: fc.constantFrom(...gapSubjectTypes), slug: text }),
  affected: fc.nat(1_000_000),
  since: fc.constantFrom(null, '2026-11-01T00:00:00.000Z'),
  explanation: text,
})
const line = fc.option(fc.integer({ min: 1, max: 100_000 }))
const anyPlace: fc.Arbitrary<Place> = fc.record({ file: text, line })
const anyProblem: fc.Arbitrary<ImportProblem> = fc.record({ file: text, line, field: fc.option(text), message: text })

describe('the SARIF log', () => {
  it('is one by the schema, whatever the gaps, their places and the problems', () => {
    fc.assert(
      fc.property(
        fc.array(anyGap, { maxLength: 5 }),
        fc.option(anyPlace, { nil: undefined }),
        fc.array(anyProblem, { maxLength: 3 }),
        (gaps, place, problems) => {
          expect(faultsOf(sarifLog(gaps, { placeOf: () => place, problems }))).toEqual([])
        },
      ),
      { numRuns: 50 },
    )
  })

  it('would be found out if it were none', () => {
    expect(faultsOf({ ...sarifLog([]), version: '2.0.0' })).not.toEqual([])
  })
})
