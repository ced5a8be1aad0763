import { isSlug, slugFrom } from '@/lib/registry/slug-from'

/** How the text of a non-blank cell becomes a value; what it cannot make sense of it leaves as it is, for the schema to refuse. */
export type ReadCell = (cell: string) => unknown

export const text: ReadCell = (cell) => cell

/** A word of a closed vocabulary, however it is spelled: `Short-lived` is `short_lived`. */
export const word: ReadCell = (cell) => cell.toLowerCase().replace(/[\s-]+/g, '_')

/** Several values in one cell, separated by semicolons or bars. */
export const list: ReadCell = (cell) => splitList(cell)

const knownWords: Readonly<Record<string, string>> = {
  yes: 'yes',
  y: 'yes',
  true: 'yes',
  no: 'no',
  n: 'no',
  false: 'no',
}
/** A three-valued fact; `True`, `y` and the like are read too. */
export const known: ReadCell = (cell) => knownWords[cell.toLowerCase()] ?? cell.toLowerCase()

/** Yes or no, and nothing between. */
export const flag: ReadCell = (cell) => {
  const value = knownWords[cell.toLowerCase()]
  return value === undefined ? cell : value === 'yes'
}

/** An environment: `Production` is `production`. */
export const environment: ReadCell = (cell) => cell.toLowerCase()

/** A slug, or a name that a slug is made from. */
export const reference: ReadCell = (cell) => (isSlug(cell) ? cell : (slugFrom(cell) ?? cell))

/** An enforcement path in call order: `edge:enforces; crm-app:trusts_upstream`. A point without a mode is `unknown`. */
export const path: ReadCell = (cell) =>
  splitList(cell).map((step) => {
    const [point = '', mode] = step.split(/[:=]/, 2)
    return mode === undefined
      ? { point: reference(point.trim()) }
      : { point: reference(point.trim()), mode: word(mode.trim()) }
  })

function splitList(cell: string): string[] {
  return cell
    .split(/[;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
