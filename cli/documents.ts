import type { z } from 'zod'
import { type ImportFile, type ImportProblem, importLimits } from '@/lib/importers/model'
import { fieldOf, type Path } from '@/lib/importers/source/document'
import { readYamlOrJson } from '@/lib/importers/source/read'
import { CliFailure, exitCodes } from './failure'
import { problemLines } from './render/problems'

/** Refuses what a file says, with the line of each problem. */
export function fileFailure(problems: readonly ImportProblem[]): CliFailure {
  return new CliFailure(exitCodes.refused, problemLines('error', problems).join('\n'), 'Nothing was sent.')
}

type LineOf = (path: Path) => number | null

/** What a schema finds wrong with a value, at its lines. */
export function problemsOf(error: z.ZodError, file: string, lineOf: LineOf): ImportProblem[] {
  const at = (path: Path, message: string) => ({ file, line: lineOf(path), field: fieldOf(path), message })
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => at([...issue.path, key], `Unknown key "${key}"`))
      : [at(issue.path, issue.message)],
  )
}

/** A value of a file, and the line on which each part of it stands. */
export interface FromFile<Value> {
  value: Value
  lineOf: LineOf
}

/**
 * The one document of a YAML or JSON file, as the schema has it.
 * @throws CliFailure with every problem at its line.
 */
export function readDocument<Schema extends z.ZodType>(file: ImportFile, schema: Schema): FromFile<z.input<Schema>> {
  const read = readYamlOrJson(file)
  if (!read.ok) throw fileFailure(read.faults.map((fault) => ({ file: file.name, field: null, ...fault })))
  const [document, ...others] = read.value
  if (!document || others.length > 0)
    throw fileFailure([{ file: file.name, line: 1, field: null, message: 'The file has to hold one document' }])
  const lineOf: LineOf = (path) => document.lineOf(path)
  const parsed = schema.safeParse(document.value)
  if (!parsed.success) throw fileFailure(problemsOf(parsed.error, file.name, lineOf).slice(0, importLimits.problemsMax))
  // The server parses what was written, with its own defaults.
  return { value: document.value as z.input<Schema>, lineOf }
}
