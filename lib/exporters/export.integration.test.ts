import { v7 } from 'uuid'
import { afterEach, describe, expect, it } from 'vitest'
import { systemActor } from '@/lib/access/model'
import { limitsDigest } from '@/lib/contracts/digest'
import { sql } from '@/lib/db/sql'
import { lockEstate, settle } from '@/lib/estate/settle'
import { checkEstate } from '@/lib/gaps/check-estate'
import { evaluateEverything } from '@/lib/gaps/reevaluate'
import { randomOf } from '@/lib/gaps/testing/random'
import { seedRandomEstate } from '@/lib/gaps/testing/random-estate'
import { importEstate } from '@/lib/importers/estate/parse'
import { importUseCases } from '@/lib/importers/service'
import { textFile } from '@/lib/importers/testing'
import { estate as small } from '@/lib/importers/testing/registry'
import { type TestRegistry, testRegistry } from '@/lib/registry/testing'
import type { UseCaseContext } from '@/lib/use-cases/define'
import { exportUseCases } from './service'

const made: TestRegistry[] = []
async function newRegistry() {
  const registry = await testRegistry()
  made.push(registry)
  return registry
}
afterEach(async () => {
  for (const registry of made.splice(0)) await registry.drop()
})

/** The whole file, part by part. */
async function exported(registry: TestRegistry, format: 'yaml' | 'json' = 'yaml'): Promise<string> {
  let text = ''
  let cursor: string | null = null
  do {
    const part: { text: string; next: string | null } = await registry.run(exportUseCases['estate.export'], {
      format,
      ...(cursor !== null && { cursor }),
    })
    text += part.text
    cursor = part.next
  } while (cursor !== null)
  return text
}

const filesOf = (text: string) => ({
  kind: 'estate' as const,
  files: [{ name: 'estate.yaml', contentBase64: Buffer.from(text).toString('base64') }],
})
const imported = (registry: TestRegistry, text: string) => registry.run(importUseCases['imports.apply'], filesOf(text))

const gapsOf = async (registry: TestRegistry) =>
  (
    await registry.database.query<{ key: string }>(sql`
      SELECT concat_ws('|', rule, subject_type, subject_slug, layer, severity) AS key FROM gap WHERE state <> 'resolved'`)
  )
    .map(({ key }) => key)
    .sort()

const none = (counts: Record<string, number>) => Object.values(counts).every((count) => count === 0)

describe('an exported estate', () => {
  it.each(['yaml', 'json'] as const)(
    'in %s imports back to no change, and elsewhere to the same gaps',
    async (format) => {
      const origin = await newRegistry()
      await imported(origin, small)
      const text = await exported(origin, format)
      const report = await origin.run(importUseCases['imports.preview'], filesOf(text))
      expect(report).toMatchObject({ errors: [], changes: [], conflicts: 0 })
      expect([none(report.created), none(report.updated), none(report.missing)]).toEqual([true, true, true])
      const other = await newRegistry()
      await imported(other, text)
      expect(await gapsOf(other)).toEqual(await gapsOf(origin))
    },
  )

  it('says by itself what the server says', async () => {
    const origin = await newRegistry()
    await imported(origin, small)
    const parsed = importEstate([textFile('estate.yaml', await exported(origin))])
    expect(parsed.errors).toEqual([])
    const { findings, problems } = checkEstate(parsed.estate, origin.now().getTime())
    expect(problems).toEqual([])
    const offline = findings.map(({ rule, subject, layer, severity }) =>
      [rule, subject.type, subject.id.replace(/:$/, ''), ...(layer ? [layer] : []), severity].join('|'),
    )
    expect(offline.sort()).toEqual(await gapsOf(origin))
  })

  it('of any registry imports back to no change', { timeout: 240_000 }, async () => {
    for (const seed of [11, 12, 13]) {
      const origin = await newRegistry()
      const random = randomOf(seed)
      const seeded = await seedRandomEstate(origin.database, random, origin.now())
      const contextOf = (db: UseCaseContext['db']): UseCaseContext => {
        return { db, now: origin.now(), actor: systemActor('test'), newId: v7, requestId: 'test' }
      }
      for (let step = 0; step < 60; step += 1) {
        await origin.database.transaction(async (db) => {
          const context = contextOf(db)
          await lockEstate(context)
          await settle(context, await seeded.edit(db, origin.now()))
        })
      }
      await origin.database.transaction((db) => evaluateEverything(contextOf(db)))
      // The edits go past the rules that every command keeps to.
      const { prisma } = origin.database
      await prisma.agent.updateMany({ where: { lifecycle: 'retired' }, data: { lifecycle: 'suspended' } })
      await prisma.contract.updateMany({ data: { limits: {}, digest: limitsDigest({}) } })
      await origin.database.execute(sql`
        DELETE FROM path_step s USING path_step o
        WHERE o.binding_id = s.binding_id AND o.point_id = s.point_id AND o.position < s.position`)
      const report = await origin.run(importUseCases['imports.preview'], filesOf(await exported(origin)))
      expect(report, `seed ${seed}`).toMatchObject({ errors: [], changes: [], conflicts: 0 })
    }
  })

  it('comes in parts, however large, and refuses a cursor it never gave', async () => {
    const origin = await newRegistry()
    const people = Array.from({ length: 1234 }, (_, index) => `  - { id: p${index}, name: Person ${index} }\n`)
    await imported(origin, `apiVersion: pentarch/v1\nkind: Estate\npeople:\n${people.join('')}`)
    for (const format of ['yaml', 'json'] as const) {
      const parsed = importEstate([textFile(`estate.${format}`, await exported(origin, format))])
      expect([parsed.errors, parsed.estate.people.length]).toEqual([[], 1234])
    }
    await expect(origin.run(exportUseCases['estate.export'], { cursor: 'x' })).rejects.toThrow(/cursor/)
  })
})
