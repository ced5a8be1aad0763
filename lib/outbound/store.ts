import 'server-only'
import type { Db } from '@/lib/db/client'
import { defaultOutboundSettings, type OutboundSettings, outboundSettingsSchema } from './model'

const key = 'outbound'

/** The setting with its version; version 0 when nobody has set it. */
export async function outboundSettingsOf(db: Db): Promise<OutboundSettings & { version: number }> {
  const row = await db.prisma.setting.findUnique({ where: { key } })
  if (!row) return { ...defaultOutboundSettings, version: 0 }
  return { ...outboundSettingsSchema.parse(row.value), version: row.version }
}

/** Keeps the setting as its next version. */
export async function keepOutboundSettings(
  db: Db,
  value: OutboundSettings,
  stamp: { version: number; now: Date; by: string },
): Promise<void> {
  const kept = { value, version: stamp.version, updatedAt: stamp.now, updatedBy: stamp.by }
  await db.prisma.setting.upsert({ where: { key }, create: { key, ...kept }, update: kept })
}
