/** A value of a column, as COPY takes it. */
export type Value = string | number | boolean | Date | readonly string[] | null
export type Row = Readonly<Record<string, Value>>

/** A kind of row; part of its id. */
const kinds = [
  'person',
  'team',
  'agent',
  'enforcement_point',
  'tool',
  'binding',
  'assignment',
  'account',
  'delegation',
  'contract',
  'attestation',
  'parity_run',
  'gap_exception',
] as const
export type Kind = (typeof kinds)[number]

/** The id of the nth row of a kind: sortable by it, as ids that are made one after the other are. */
export function idOf(kind: Kind, index: number): string {
  const group = (0x7000 + kinds.indexOf(kind)).toString(16)
  return `0199b000-0000-${group}-8000-${index.toString(16).padStart(12, '0')}`
}

const dayMs = 86_400_000

/** Instants counted in days before `now`. */
export type DaysAgo = (days: number) => Date
export const daysBefore =
  (now: Date): DaysAgo =>
  (days) =>
    new Date(now.getTime() - days * dayMs)

/** The columns that every row of the registry has. */
export const provenance = (at: Date) => ({ source: 'bench', created_at: at, updated_at: at })

/** Numbers of `count` rows. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

export const numbered = (name: string, index: number) => `${name}-${String(index).padStart(5, '0')}`
