import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { systemActor } from '@/lib/access/model'
import type { Database } from '@/lib/db/client'
import type { ReadImport } from '@/lib/importers/apply/apply'
import type { ImportKind } from '@/lib/importers/model'
import { importUseCases, recordImport } from '@/lib/importers/service'
import { defineCommand } from '@/lib/use-cases/define'
import { runUseCase } from '@/lib/use-cases/run'

/** As `imports.apply`, with another way to read the files. */
const applyRead = defineCommand({
  ...importUseCases['imports.apply'],
  input: z.object({
    kind: z.custom<ImportKind>(),
    files: z.array(z.string()),
    read: z.custom<ReadImport>(),
  }),
  handler: recordImport,
})

/** Imports what `read` makes of the files of these names. */
export async function importRead(
  database: Database,
  now: Date,
  { kind, files, read }: { kind: ImportKind; files: string[]; read: ReadImport },
): Promise<void> {
  const run = { database, actor: systemActor('sample data'), now, newId: () => uuidv7(), requestId: uuidv7() }
  await runUseCase(applyRead, { kind, files, read }, run)
}
