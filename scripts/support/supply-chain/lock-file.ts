import { z } from 'zod'

const lockedSchema = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  link: z.boolean().optional(),
})
export type Locked = z.infer<typeof lockedSchema>

const lockSchema = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), lockedSchema) })
const wantedSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
})

/** A package as the lock file has it, with its name. */
export interface LockedPackage extends Locked {
  name: string
}

/** The packages of a lock file (lockfileVersion 3), those within packages included. */
export function packagesIn(lockText: string): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(lockText))
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, locked]) => ({
      ...locked,
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
    }))
}

/** What is wrong with how versions are pinned: package.json names one version each, and the lock file what it has to be. */
export function pinProblems(packageText: string, locked: readonly LockedPackage[]): string[] {
  const { dependencies, devDependencies } = wantedSchema.parse(JSON.parse(packageText))
  const loose = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version))
    .map(([name, version]) => `package.json: ${name} is ${version}, which is not one version`)
  // Packages for other machines come into the lock file without being fetched.
  const unproved = locked
    .filter(({ integrity, link, optional }) => !link && !optional && !integrity?.startsWith('sha512-'))
    .map(({ name }) => `package-lock.json: ${name} has no sha512 to check it by`)
  return [...loose, ...unproved]
}
