import 'server-only'
import { History } from '@/components/audit/history'
import { read } from '@/lib/http/page-data'

/** How many changes a page shows at first. */
const shown = 20

/** The history of a thing: kind and slug or id, as `audit.list` takes it. */
export async function HistoryOf({ about, title }: { about: string; title?: string }) {
  const first = await read('audit.list', { about, limit: shown })
  return <History about={about} first={first} {...(title !== undefined && { title })} />
}
