import type { ImportProblem } from '@/lib/importers/model'
import { oneLine } from './table'

/** Problems of files as compilers print them, `file:line field message`, so that editors can jump to them. */
export function problemLines(kind: 'error' | 'warning', problems: readonly ImportProblem[]): string[] {
  return problems.map(({ file, line, field, message }) => {
    const place = line === null ? file : `${file}:${line}`
    const label = kind === 'warning' ? ' warning:' : ''
    return oneLine(`${place}${label} ${field ? `${field} ` : ''}${message}`)
  })
}
