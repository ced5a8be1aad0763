import type { PathEntry } from './binding-form'

/** The tool's application, where it is known. */
export type Application = { slug: string; name: string } | null

/** The path, or why it cannot be so. */
export type Moved = { path: PathEntry[] } | { refused: string }

const staysLast = ({ name }: { name: string }) => `${name} is the application of the tool and stays last.`

/** Moves the entry at one place to another. The tool's application stays last. */
export function moved(path: readonly PathEntry[], from: number, to: number, application: Application): Moved {
  const entry = path[from]
  if (!entry || from === to || to < 0 || to >= path.length) return { path: [...path] }
  const left = path.filter((_, index) => index !== from)
  const after = [...left.slice(0, to), entry, ...left.slice(to)]
  const wasLast = path.at(-1)?.point === application?.slug
  if (application && wasLast && after.at(-1)?.point !== application.slug) return { refused: staysLast(application) }
  return { path: after }
}

/** Adds an entry: before the tool's application, which is put at the end of a path that was empty. */
export function added(path: readonly PathEntry[], entry: PathEntry, application: Application): Moved {
  if (path.some(({ point }) => point === entry.point)) return { refused: 'The path passes it already.' }
  if (!application || entry.point === application.slug) return { path: [...path, entry] }
  const last: PathEntry = { point: application.slug, name: application.name, kind: 'application', mode: 'unknown' }
  if (path.length === 0) return { path: [entry, last] }
  const end = path.at(-1)
  return end?.point === application.slug ? { path: [...path.slice(0, -1), entry, end] } : { path: [...path, entry] }
}

/** Takes an entry off. The tool's application goes only as the last one left. */
export function removed(path: readonly PathEntry[], point: string, application: Application): Moved {
  if (application && point === application.slug && path.length > 1) return { refused: staysLast(application) }
  return { path: path.filter((entry) => entry.point !== point) }
}
