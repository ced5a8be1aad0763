import type { BundleDatasetName } from '@/lib/evidence/names'
import { bundleDatasets } from '@/lib/evidence/names'
import type { InputOf } from '@/lib/http/client'

export const datasetTitles: Readonly<Record<BundleDatasetName, string>> = {
  matrix: 'Matrix',
  gaps: 'Gaps',
  assignments: 'Assignments',
  certifications: 'Certifications',
}

/** The fields of a new bundle, as they are typed. */
export interface BundleForm {
  datasets: string[]
  asOf: string
  /** `key=value` each. */
  filter: string[]
  from: string
  to: string
  /** A signed checkpoint, or a size. */
  earlier: string
}

export const emptyForm: BundleForm = {
  datasets: [...bundleDatasets],
  asOf: '',
  filter: [],
  from: '',
  to: '',
  earlier: '',
}

/** What the form asks the server for. @throws Error that says which field cannot be read */
export function inputOf({ datasets, asOf, filter, from, to, earlier }: BundleForm): InputOf<'bundles.make'> {
  if ((from === '') !== (to === '')) throw new Error('Give both ends of the period, or neither.')
  const since = sizeIn(earlier.trim())
  return {
    datasets: bundleDatasets.filter((name) => datasets.includes(name)),
    filter: Object.fromEntries(filter.map(filterOf)),
    ...(asOf !== '' && { asOf: instant(asOf, 'As of') }),
    ...(from !== '' && { period: { from: instant(from, 'All events from'), to: instant(to, 'Until before') } }),
    ...(since !== null && { since }),
  }
}

/** What a field for day and time holds, read as UTC. */
function instant(field: string, name: string): string {
  const at = new Date(`${field}Z`)
  if (Number.isNaN(at.getTime())) throw new Error(`${name}: this is no day and time.`)
  return at.toISOString()
}

function filterOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new Error(`Filter: write "${text}" as key=value.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** The size in a checkpoint, its second line, or the number itself; null for nothing. */
function sizeIn(text: string): number | null {
  if (text === '') return null
  const [first = '', second = ''] = text.split(/\r?\n/)
  const size = Number(second === '' ? first : second)
  if (Number.isSafeInteger(size) && size >= 0) return size
  throw new Error('Earlier checkpoint: paste it as it was given, or write its size.')
}
