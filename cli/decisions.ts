import { z } from 'zod'
import type { InputOf } from '@/lib/http/client'
import { readCsv } from '@/lib/importers/csv/read'
import { type ImportFile, importLimits } from '@/lib/importers/model'
import { decodeText } from '@/lib/importers/source/text'
import { decideInput } from '@/lib/recertification/reviews/model'
import { fileFailure, problemsOf, readDocument } from './documents'

/** Answers, with the line that each stands on; without a name they come from no file. */
export interface DecisionFile {
  name: string | null
  decisions: InputOf<'reviews.decide'>['decisions']
  lineOf: (index: number) => number | null
}

/** Columns of a CSV of answers, and what they are called in the API. */
const columns: Readonly<Record<string, string>> = {
  item: 'item',
  verdict: 'verdict',
  comment: 'comment',
  to_team: 'toTeam',
  to_person: 'toPerson',
  defer_until: 'deferUntil',
}

/** The answers in a CSV, YAML or JSON file. @throws CliFailure with every problem at its line. */
export function readDecisions(file: ImportFile): DecisionFile {
  return /\.csv$/i.test(file.name) ? fromCsv(file) : fromDocument(file)
}

/** A list of answers, or `{ decisions: [...] }` as the API has it. */
function fromDocument(file: ImportFile): DecisionFile {
  const isList = z.array(z.unknown()).safeParse(readDocument(file, z.unknown()).value).success
  if (isList) {
    const { value, lineOf } = readDocument(file, decideInput.shape.decisions)
    return { name: file.name, decisions: value, lineOf: (index) => lineOf([index]) }
  }
  const { value, lineOf } = readDocument(file, decideInput)
  return { name: file.name, decisions: value.decisions, lineOf: (index) => lineOf(['decisions', index]) }
}

function fromCsv(file: ImportFile): DecisionFile {
  const at = (line: number | null, message: string) => ({ file: file.name, line, field: null, message })
  const text = decodeText(file)
  if (!text.ok) throw fileFailure(text.faults.map(({ line, message }) => at(line, message)))
  const rows: { cells: readonly string[]; line: number }[] = []
  const read = readCsv(text.value, (row) => rows.push(row))
  if (!read.ok) throw fileFailure(read.faults.map(({ line, message }) => at(line, message)))
  const [head, ...body] = rows
  if (!head) throw fileFailure([at(1, 'The file is empty; its first row names the columns')])
  const names = head.cells.map((cell) => cell.trim().toLowerCase())
  const unknown = names.filter((name) => columns[name] === undefined)
  if (unknown.length > 0)
    throw fileFailure(
      unknown.map((name) => at(head.line, `Unknown column "${name}"; there are ${Object.keys(columns).join(', ')}`)),
    )
  const decisions = body.map(({ cells }) =>
    Object.fromEntries(
      names.flatMap((name, index) => {
        const cell = cells[index]?.trim() ?? ''
        return cell === '' ? [] : [[columns[name], cell]]
      }),
    ),
  )
  const lineOf = (index: number) => body[index]?.line ?? null
  const parsed = decideInput.safeParse({ decisions })
  if (parsed.success) return { name: file.name, decisions: parsed.data.decisions, lineOf }
  const problems = problemsOf(parsed.error, file.name, ([, index]) => (typeof index === 'number' ? lineOf(index) : 1))
  throw fileFailure(
    problems
      .slice(0, importLimits.problemsMax)
      .map((problem) => ({ ...problem, field: problem.field?.replace(/^decisions\[\d+\]\.?/, '') || null })),
  )
}
