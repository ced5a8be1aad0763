import type { ExportContent } from './model'

/** What a file says of itself: what it holds, of when, narrowed how, for whom. */
export function aboutLines(
  { title, description, at, isPast, filter, by }: ExportContent,
  rows: number,
): [term: string, text: string][] {
  return [
    ['Export', `${title}: ${description}`],
    [isPast ? 'As of' : 'Made', at.toISOString()],
    ['Narrowed to', filterText(filter)],
    ['Rows', rows.toLocaleString('en')],
    ['Asked for by', by],
  ]
}

/** A filter in words. */
export function filterText(filter: Readonly<Record<string, string>>): string {
  const parts = Object.entries(filter).map(([name, value]) => `${name}: ${value.replaceAll(',', ', ')}`)
  return parts.length === 0 ? 'nothing' : parts.join('; ')
}
