import semver from 'semver'
import holes from './known-holes.json' with { type: 'json' }

/** A hole that has a name, and the versions that have it. */
export interface KnownHole {
  package: string
  vulnerable: string
  advisory: string
  title: string
}

/** A package that is installed, somewhere. */
export interface Installed {
  name: string
  version?: string | undefined
}

/**
 * The holes of the frameworks that installed versions have, in words. The list stands in the project, so that a build
 * refuses them without a registry to ask; `npm audit` asks about everything else.
 */
export function holesIn(installed: readonly Installed[], known: readonly KnownHole[] = holes): string[] {
  return installed.flatMap(({ name, version }) =>
    known
      .filter((hole) => hole.package === name && version !== undefined && isIn(version, hole.vulnerable))
      .map(({ title, advisory }) => `${name} ${version}: ${title} (${advisory})`),
  )
}

const isIn = (version: string, range: string) => semver.satisfies(version, range, { includePrerelease: true })
