import type { PathMode, PointKind } from '../model'

/** Most points of one path. */
export const pathPointsMax = 20

export interface PathPoint {
  slug: string
  name: string
  kind: PointKind
  mode: PathMode
}

/**
 * What is wrong with an enforcement path, or null: points stand in call order, each once, the application last.
 * An empty path says that the way is not known yet.
 */
export function pathProblem(path: readonly PathPoint[], applicationSlug: string | null): string | null {
  const slugs = path.map((point) => point.slug)
  const twice = slugs.find((slug, index) => slugs.indexOf(slug) < index)
  if (twice !== undefined) return `The path passes "${twice}" twice`
  const last = path.at(-1)
  if (!last) return null
  if (last.kind !== 'application') return `The path ends at ${last.name}, a ${last.kind}; the application comes last`
  if (applicationSlug !== null && last.slug !== applicationSlug)
    return `The path has to end at the tool's application, "${applicationSlug}"`
  return null
}
