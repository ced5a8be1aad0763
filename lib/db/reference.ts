import { enforcementLayer, layers } from '@/lib/layers'
import type { Db } from './client'

/** Brings the control_layer table in line with lib/layers.ts. Run after migrating, before anything else. */
export async function syncReferenceData(db: Db): Promise<void> {
  for (const [position, layer] of layers.entries()) {
    const row = {
      position,
      naturalAnchor: layer.naturalAnchor,
      inheritsFromApplication: layer.id === enforcementLayer,
      inheritsFromOrganisation: layer.inheritsFromOrganisation,
    }
    await db.prisma.controlLayer.upsert({ where: { id: layer.id }, create: { id: layer.id, ...row }, update: row })
  }
  // Five rows are too few for autovacuum ever to look at; without statistics the planner takes them for a thousand,
  // and every cell of the estate for a thousand cells.
  await db.prisma.$executeRaw`ANALYZE control_layer`
}
