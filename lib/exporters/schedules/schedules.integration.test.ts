import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Actor } from '@/lib/access/model'
import { importUseCases } from '@/lib/importers/service'
import { estate } from '@/lib/importers/testing/registry'
import { scheduledExportsJob } from '@/lib/jobs/scheduled-exports'
import { actorWith, refusalOf, type TestRegistry, testRegistry } from '@/lib/registry/testing'
import { useCases } from '@/lib/use-cases/catalog'
import { startS3, type TestS3 } from './testing'

let registry: TestRegistry
let folder: string
let s3: TestS3
let admin: Actor
beforeEach(async () => {
  registry = await testRegistry()
  folder = await mkdtemp(path.join(tmpdir(), 'pentarch-schedules-'))
  vi.stubEnv('PENTARCH_EXPORTS_DIR', path.join(folder, 'exports'))
  s3 = await startS3(path.join(folder, 's3'), 'evidence')
  await registry.run(importUseCases['imports.apply'], {
    kind: 'estate',
    files: [{ name: 'estate.yaml', contentBase64: Buffer.from(estate).toString('base64') }],
  })
  const id = v7()
  const account = { id, email: 'admin@example.org', name: 'An admin', passwordHash: 'none', role: 'admin' as const }
  await registry.database.prisma.account.create({ data: account })
  admin = actorWith('admin', { id, name: account.name })
  registry.become(admin)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await s3.close()
  await registry.drop()
  await rm(folder, { recursive: true })
})

const plan = { every: 'day' as const, first: '2026-11-01', time: '12:00', timeZone: 'UTC' }
const view = { kind: 'gaps' as const, format: 'json' as const }
type Input = Parameters<typeof registry.run<(typeof useCases)['exportSchedules.create']['input'], never>>[1]

const add = (slug: string, more: Partial<Input> = {}) =>
  registry.run(useCases['exportSchedules.create'], {
    slug,
    name: slug,
    view,
    plan,
    destination: { kind: 'folder', folder: 'auditors' },
    ...more,
  })
const bucket = (more: object = {}) => {
  const { port } = s3.address as AddressInfo
  const endpoint = `http://127.0.0.1:${port}`
  return { kind: 'bucket' as const, endpoint, bucket: 'evidence', prefix: 'daily/', accessKeyId: 'S3RVER', ...more }
}
const allowLoopback = () =>
  registry.run(useCases['outbound.update'], { version: 0, allowedNetworks: ['127.0.0.0/8'], reason: 'For the test' })

/** A turn of the job, as of now. */
const turn = () => scheduledExportsJob.handle({ database: registry.database, now: registry.now(), runId: 'test' })
const runsOf = async (slug: string) => (await registry.run(useCases['exportSchedules.runs'], { slug })).rows
/** From nine o'clock, where the clock of a test stands, to the time of the plan. */
const untilNoon = 3 * 3600

describe('a scheduled export', () => {
  it('is made when its time has come, once however many look, and again the next day', async () => {
    await add('gaps')
    await turn()
    expect(await runsOf('gaps')).toEqual([])
    registry.wait(untilNoon)
    await Promise.all([turn(), turn(), turn()])
    const [run, ...more] = await runsOf('gaps')
    expect(more).toEqual([])
    expect(run).toMatchObject({
      state: 'done',
      place: 'auditors/gaps-20261101T120000Z.json',
      attempts: 1,
      problem: null,
    })
    const text = await readFile(path.join(folder, 'exports', 'auditors', 'gaps-20261101T120000Z.json'))
    expect(run?.sha256).toBe(createHash('sha256').update(text).digest('hex'))
    expect(run?.bytes).toBe(text.byteLength)
    expect(JSON.parse(text.toString())).toHaveLength(run?.rows ?? -1)
    registry.wait(24 * 3600)
    await turn()
    expect((await readdir(path.join(folder, 'exports', 'auditors'))).sort()).toEqual([
      'gaps-20261101T120000Z.json',
      'gaps-20261102T120000Z.json',
    ])
  })

  it('is made once for all the times that were missed', async () => {
    await add('gaps')
    registry.wait(10 * 24 * 3600)
    await turn()
    await turn()
    expect(await runsOf('gaps')).toHaveLength(1)
    const [row] = (await registry.run(useCases['exportSchedules.list'], {})).rows
    expect(row?.nextAt).toBe('2026-11-11T12:00:00.000Z')
  })

  it.each(['json', 'oscal', 'xlsx'] as const)('goes to a bucket as %s, as it was written', async (format) => {
    await allowLoopback()
    await add('gaps', { view: { ...view, format }, destination: bucket(), secretAccessKey: 'S3RVER' })
    await registry.run(useCases['exportSchedules.run'], { slug: 'gaps' })
    await turn()
    const [run] = await runsOf('gaps')
    expect(run).toMatchObject({ state: 'done', problem: null })
    const object = await s3.object(run?.place?.replace('evidence/', '') ?? '')
    expect(createHash('sha256').update(object).digest('hex')).toBe(run?.sha256)
  })

  it('says why it failed, and is tried again where that may help', async () => {
    await allowLoopback()
    await add('wrong-key', { destination: bucket(), secretAccessKey: 'another secret' })
    await add('no-bucket', { destination: bucket({ bucket: 'elsewhere' }), secretAccessKey: 'S3RVER' })
    registry.wait(untilNoon)
    await turn()
    expect((await runsOf('wrong-key'))[0]).toMatchObject({ state: 'queued', problem: expect.stringContaining('403') })
    expect((await runsOf('no-bucket'))[0]).toMatchObject({ state: 'queued', problem: expect.stringContaining('404') })
    // A minute more than it waits, for the clock of a run goes on while it works.
    for (const minutes of [6, 31]) {
      registry.wait(minutes * 60)
      await turn()
    }
    expect((await runsOf('wrong-key'))[0]).toMatchObject({ state: 'failed', attempts: 3 })
  })

  it('ends with the account that it was made for, and goes nowhere by a link', async () => {
    await add('first')
    await add('linked', { destination: { kind: 'folder', folder: 'linked' } })
    registry.wait(untilNoon)
    await turn()
    await rm(path.join(folder, 'exports', 'linked'), { recursive: true })
    await symlink(folder, path.join(folder, 'exports', 'linked'))
    registry.wait(24 * 3600)
    await turn()
    expect((await runsOf('linked'))[0]?.problem).toMatch(/link to another place/)
    const other = { id: v7(), email: 'other@example.org', name: 'Other', role: 'admin' as const }
    await registry.database.prisma.account.create({ data: other })
    await registry.database.prisma.account.updateMany({
      where: { NOT: { id: other.id } },
      data: { status: 'disabled' },
    })
    registry.wait(24 * 3600)
    await turn()
    expect((await runsOf('first'))[0]).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('not active'),
    })
  })

  it('is not made while it is paused, and keeps its secret to itself', async () => {
    const secretAccessKey = 'a-very-secret-access-key'
    await add('gaps', { destination: bucket(), secretAccessKey })
    await registry.run(useCases['exportSchedules.pause'], { slug: 'gaps', paused: true })
    registry.wait(untilNoon)
    await turn()
    expect(await runsOf('gaps')).toEqual([])
    const { prisma } = registry.database
    const kept = [await prisma.exportSchedule.findMany(), await prisma.auditEvent.findMany()]
    const told = [(await registry.run(useCases['exportSchedules.list'], {})).rows, kept]
    expect(JSON.stringify(told, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toContain(
      secretAccessKey,
    )
    await registry.run(useCases['exportSchedules.remove'], { slug: 'gaps' })
    expect(await prisma.exportSchedule.count()).toBe(0)
  })

  it('is refused when it cannot be made, or has a name that is taken', async () => {
    await add('gaps')
    expect(await refusalOf(add('gaps'))).toMatchObject({ code: 'conflict' })
    const matrix = add('m', { view: { kind: 'matrix', format: 'oscal' } })
    expect(await refusalOf(matrix)).toMatchObject({ code: 'invalid_input', fields: ['format'] })
    expect(await refusalOf(add('b', { destination: bucket() }))).toMatchObject({ code: 'invalid_input' })
    const outside = add('o', { destination: { kind: 'folder', folder: '../outside' } })
    expect(await refusalOf(outside)).toMatchObject({ code: 'invalid_input' })
    registry.become(actorWith('governance_lead'))
    expect(await refusalOf(add('x'))).toMatchObject({ code: 'forbidden' })
  })
})
