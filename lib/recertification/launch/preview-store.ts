import 'server-only'
import type { Db } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { Definition } from '../model'
import { type FinderOrder, rankFinders } from './finders-store'
import type { Preview } from './preview-model'
import { isOfGroup, reachOf } from './reach-store'
import { subjectsOf } from './scope-store'

/** So many reviewers and items with nobody to review them are named. */
const reviewersMax = 50
const namedMax = 20

/** Whom the first stage of a campaign would ask about what, were it launched now. Writes nothing. */
export async function previewOf(db: Db, definition: Definition, order: FinderOrder, now: Date): Promise<Preview> {
  const { kind, selfReview } = definition
  const finders = rankFinders(kind, order)
  const subjects = await subjectsOf(db, { definition, silentIn: order.silentIn }, now)
  const fallbackRank = finders.findIndex(({ isFallback }) => isFallback)
  const isFallback = sql`(${fallbackRank}::int >= 0 AND f.rank >= ${fallbackRank}::int)`
  const [row] = await db.query<{ preview: Preview }>(sql`
    WITH ${reachOf(subjects, finders, selfReview)},
    load AS (SELECT a.person_id, sum(g.items)::int AS items FROM asked a JOIN grp g ON g.g = a.g GROUP BY a.person_id),
    nobody AS (SELECT g.* FROM grp g LEFT JOIN first f ON f.g = g.g WHERE f.rank IS NULL)
    SELECT jsonb_build_object(
      'items', (SELECT count(*) FROM subject),
      'certifiedBefore', (SELECT count(*) FROM subject WHERE certified),
      'byRisk', (SELECT COALESCE(jsonb_agg(jsonb_build_object('risk', k.risk, 'items', k.items) ORDER BY k.risk DESC), '[]')
        FROM (SELECT s.risk, count(*) AS items FROM subject s GROUP BY s.risk) k),
      'byLayer', (SELECT COALESCE(jsonb_agg(jsonb_build_object('layer', k.layer, 'items', k.items) ORDER BY l.position), '[]')
        FROM (SELECT s.layer, count(*) AS items FROM subject s WHERE s.layer IS NOT NULL GROUP BY s.layer) k
        JOIN control_layer l ON l.id = k.layer),
      'reviewers', jsonb_build_object(
        'total', (SELECT count(*) FROM load),
        'rows', (SELECT COALESCE(jsonb_agg(jsonb_build_object('slug', p.external_id, 'name', p.name, 'items', w.items)
            ORDER BY w.items DESC, p.name, p.id), '[]')
          FROM (SELECT * FROM load ORDER BY items DESC, person_id LIMIT ${reviewersMax}) w JOIN person p ON p.id = w.person_id)),
      'byFallback', (SELECT COALESCE(sum(g.items), 0) FROM grp g JOIN first f ON f.g = g.g WHERE ${isFallback}),
      'nobody', jsonb_build_object(
        'items', (SELECT COALESCE(sum(items), 0) FROM nobody),
        'rows', (SELECT COALESCE(jsonb_agg(n.slug ORDER BY n.slug), '[]') FROM (
          SELECT s.slug FROM subject s JOIN nobody g ON ${isOfGroup} ORDER BY s.slug LIMIT ${namedMax}) n)),
      'selfReview', (SELECT COALESCE(sum(g.items), 0) FROM grp g JOIN first f ON f.g = g.g
        WHERE f.self_rank <= COALESCE(f.rank, f.self_rank))
    ) AS preview`)
  if (!row) throw new Error('A preview has one row')
  return row.preview
}
