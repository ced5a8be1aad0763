import satisfies from 'spdx-satisfies'
import type { LockedPackage } from './lock-file'

/** Licences under which anything may be used and passed on with the product (SPDX). */
const free = [
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'Zlib',
  'CC0-1.0',
]

/** Packages under another licence, each with why it may be there. */
const reasoned: readonly { name: RegExp; licence: string; why: string }[] = [
  { name: /^@fontsource-variable\//, licence: 'OFL-1.1', why: 'A font, passed on unchanged' },
  { name: /^caniuse-lite$/, licence: 'CC-BY-4.0', why: 'Data that a build reads; named by its package' },
  {
    name: /^elkjs$/,
    licence: 'EPL-2.0',
    why: 'A part of the studio of Prisma, which comes with its command line and is never loaded',
  },
  {
    name: /^@img\/sharp-/,
    licence: 'LGPL-3.0-or-later',
    why: 'A library of its own that Next may load and this product never does',
  },
]

/** Licences that packages which are not passed on may have as well: tools that check, test and build. */
const forTools = ['MPL-2.0', 'CC-BY-3.0']

/** What packages say in the text of a licence, or of a page about them, and not where it belongs. */
const saidElsewhere: Record<string, string> = { 'humanize-number': 'MIT', 'png-js': 'MIT', 'seq-queue': 'MIT' }

/** What packages say in another way than SPDX does. */
const spelling: Record<string, string> = { 'MIT and ISC': 'MIT AND ISC' }

/** Packages whose licence is not one that was looked at, in words. */
export function licenceProblems(
  locked: readonly LockedPackage[],
  readLicence: (name: string) => string | undefined,
): string[] {
  return locked
    .filter(({ link }) => !link)
    .flatMap(({ name, license, dev, optional }) => {
      const said = license ?? readLicence(name) ?? saidElsewhere[name]
      // A package for another machine that does not say; its sibling for this one does.
      if (said === undefined) return optional ? [] : [`${name} does not say under which licence it is`]
      const own = reasoned.filter((each) => each.name.test(name)).map(({ licence }) => licence)
      const allowed = [...free, ...own, ...(dev ? forTools : [])]
      return isAllowed(spelling[said] ?? said, allowed) ? [] : [`${name} is under ${said}`]
    })
}

function isAllowed(expression: string, allowed: string[]): boolean {
  try {
    return satisfies(expression, allowed)
  } catch {
    return false
  }
}
