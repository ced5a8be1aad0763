import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '@/lib/db/client'
import { gapUseCases } from '@/lib/gaps/service'
import type { Estate } from '@/lib/importers/estate/model'
import { importers } from '@/lib/importers/index'
import type { ImportFile, ImportKind } from '@/lib/importers/model'
import { handleEvents, lastWaiting } from '@/lib/recertification/events/store'
import { runUseCase } from '@/lib/use-cases/run'
import { importRead } from './sample-import'
import { SampleRun } from './sample-run'
import { daysBefore, daysBetween, estateAt, estateSince, shiftEstate } from './shift-estate'

/** The sample's dates are written as if this were today. */
const sampleToday = new Date('2026-11-24T00:00:00Z')
const sampleFolder = path.join(import.meta.dirname, 'sample')
/** Published inputs that the sample's estate files build on. */
const sampleInputs = ['a2a', 'mcp-registry', 'mcp-tools'] as const satisfies readonly ImportKind[]

/** When the organisation began to keep its register: long enough ago for a past to look at, and so that what was found then is not overdue. */
const beginning = (now: Date) => daysBefore(now, 6)

/** Imports everything, as it was when the organisation began. */
export async function beginRegister(database: Database, now: Date): Promise<void> {
  const began = beginning(now)
  for (const kind of sampleInputs) {
    const files = await filesIn(path.join(sampleFolder, 'inputs', kind))
    const names = files.map(({ name }) => name)
    await importRead(database, began, { kind, files: names, read: () => importers[kind](files) })
  }
  await importEstate(database, now, { at: began, part: (estate) => estateAt(estate, began) })
}

/** Imports what has happened since it began. */
export async function bringUpToDate(database: Database, now: Date): Promise<void> {
  await importEstate(database, now, { at: now, part: (estate) => estateSince(estate, beginning(now)) })
}

/** Finds the gaps of now. What the loading changed asks nobody to certify anything, though it is much. */
export async function settle(database: Database, now: Date): Promise<void> {
  await runUseCase(gapUseCases['gaps.evaluate'], {}, new SampleRun(database, now).asSystem())
  const last = await lastWaiting(database)
  if (last !== null) await database.transaction((db) => handleEvents(db, last, now))
}

/** Imports a part of the estate files at an instant, their dates moved so that they were written today. */
async function importEstate(
  database: Database,
  now: Date,
  { at, part }: { at: Date; part: (estate: Estate) => Estate },
): Promise<void> {
  const files = await filesIn(sampleFolder)
  const names = files.map(({ name }) => name)
  const read = () => {
    const parsed = importers.estate(files)
    return { ...parsed, estate: part(shiftEstate(parsed.estate, daysBetween(sampleToday, now))) }
  }
  await importRead(database, at, { kind: 'estate', files: names, read })
}

async function filesIn(folder: string): Promise<ImportFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort()
  return await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })))
}
