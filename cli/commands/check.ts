import { InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { type GapLine, isExcepted } from '@/lib/exporters/sarif/gap-line'
import { type Place, sarifLog } from '@/lib/exporters/sarif/log'
import { checkEstate, type EstateFinding } from '@/lib/gaps/check-estate'
import type { EstateProblem } from '@/lib/gaps/estate-references'
import { gapKey } from '@/lib/gaps/evaluate'
import { type GapSubjectType, type RegistrySubjectType, type Severity, severities } from '@/lib/gaps/model'
import type { Estate, EstateCollection } from '@/lib/importers/estate/model'
import { importEstate } from '@/lib/importers/estate/parse'
import { keyOf } from '@/lib/importers/keys'
import type { ImportProblem, ParsedImport, Positions } from '@/lib/importers/model'
import { assignmentName } from '@/lib/ownership/model'
import { type ExitCode, exitCodes } from '../failure'
import { readFiles } from '../files'
import { type FindingFormat, findingFormatOption, severityStyles } from '../findings'
import { jsonText } from '../render/json'
import { problemLines } from '../render/problems'
import { oneLine } from '../render/table'
import type { Terminal } from '../terminal'
import type { AddCommand } from '.'

interface Checked {
  gaps: GapLine[]
  problems: ImportProblem[]
  warnings: ImportProblem[]
  placeOf(gap: GapLine): Place | undefined
  /** Who accepted the risk of the gap, until when and why. */
  acceptanceOf(gap: GapLine): string | undefined
}

/** `check FILE…`: what an estate file would bring, offline. */
export const addCommand: AddCommand = (program, terminal, end) => {
  program
    .command('check')
    .description('Validate estate files and print the gaps they would have. Needs no server.')
    .argument('<path...>', 'estate files, or folders of them, read as one estate')
    .addOption(findingFormatOption())
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for a gap at least this severe whose risk nobody accepted')
        .choices(severities)
        .default('high'),
    )
    .option(
      '--at <instant>',
      'as of this date (2026-11-01) or instant (2026-11-01T00:00:00Z) instead of now',
      instantIn,
    )
    .action(async (paths: string[], options: { format: FindingFormat; failOn: Severity; at?: Date }) => {
      const files = await readFiles(terminal.folder, paths, (name) => /\.(ya?ml|json)$/i.test(name))
      const checked = check(importEstate(files), options.at ?? terminal.now())
      print(checked, options.format, terminal)
      end(verdict(checked, options.failOn))
    })
}

function instantIn(text: string): Date {
  const { data } = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(text)
  if (data === undefined)
    throw new InvalidArgumentError('Write a date (2026-11-01) or an instant (2026-11-01T00:00:00Z).')
  return new Date(data)
}

/** The gaps of a parsed estate with the names they have in it. With errors in it there is no estate to look at. */
export function check(parsed: ParsedImport, now: Date): Checked {
  if (parsed.errors.length > 0) {
    return {
      gaps: [],
      problems: parsed.errors,
      warnings: parsed.warnings,
      placeOf: () => undefined,
      acceptanceOf: () => undefined,
    }
  }
  const { findings, problems } = checkEstate(parsed.estate, now.getTime())
  const slugs = assignmentSlugs(parsed.estate)
  const byKey = new Map(findings.map((finding) => [gapKey(finding), finding]))
  const places = placesOf(parsed.estate, parsed.positions)
  return {
    gaps: findings.map((finding) => gapLine(finding, slugs)).sort(worstFirst),
    problems: problems.map((problem) => problemAt(problem, parsed.positions)),
    warnings: parsed.warnings,
    placeOf(gap) {
      const subject = byKey.get(gap.id)?.subject
      return subject && places.get(`${subject.type}|${subject.id}`)
    },
    acceptanceOf(gap) {
      const exception = byKey.get(gap.id)?.exception
      if (!exception) return undefined
      return `Accepted by ${exception.approver} until ${new Date(exception.expires).toISOString()}: ${exception.reason}`
    },
  }
}

function gapLine(finding: EstateFinding, assignmentSlugs: ReadonlyMap<string, string>): GapLine {
  const { type, id } = finding.subject
  return {
    id: gapKey(finding),
    rule: finding.rule,
    layer: finding.layer,
    point: finding.pointId,
    severity: finding.severity,
    state: finding.state,
    subject: { type, slug: type === 'assignment' ? (assignmentSlugs.get(id) ?? id) : id },
    affected: finding.bindingIds.length,
    since: null,
    explanation: finding.explanation,
  }
}

/** The estate's own key of an assignment → the name that scripts know it by. */
function assignmentSlugs(estate: Estate): ReadonlyMap<string, string> {
  return new Map(
    estate.owners.map((owner) => [
      keyOf.owners(owner),
      assignmentName(owner.layer, owner.scope, owner.subject ?? null),
    ]),
  )
}

const collections = {
  agent: 'agents',
  tool: 'tools',
  binding: 'bindings',
  assignment: 'owners',
} as const satisfies Record<RegistrySubjectType, EstateCollection>

/** Where each thing that a gap can be placed on is described. */
function placesOf(estate: Estate, positions: Positions): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  const note = <C extends EstateCollection>(type: GapSubjectType, collection: C) => {
    const entities: readonly Estate[C][number][] = estate[collection]
    for (const [index, entity] of entities.entries()) {
      const place = positions.get(`${collection}/${index}`)
      if (place) places.set(`${type}|${keyOf[collection](entity)}`, place)
    }
  }
  note('agent', collections.agent)
  note('tool', collections.tool)
  note('binding', collections.binding)
  note('assignment', collections.assignment)
  return places
}

function problemAt({ collection, index, field, message }: EstateProblem, positions: Positions): ImportProblem {
  const place = positions.get(`${collection}/${index}`)
  const entity = place?.field ?? `${collection}[${index}]`
  return {
    file: place?.file ?? '',
    line: place?.line ?? null,
    field: field === null ? entity : `${entity}.${field}`,
    message,
  }
}

const rank = (severity: Severity) => severities.indexOf(severity)

function worstFirst(a: GapLine, b: GapLine): number {
  return rank(b.severity) - rank(a.severity) || (a.id < b.id ? -1 : 1)
}

function print(checked: Checked, format: FindingFormat, terminal: Terminal): void {
  const { gaps, problems, warnings, placeOf, acceptanceOf } = checked
  for (const line of problemLines('error', problems)) terminal.complain(line)
  for (const line of problemLines('warning', warnings)) terminal.complain(line)
  if (format === 'json') terminal.print(jsonText(gaps))
  else if (format === 'sarif') terminal.print(jsonText(sarifLog(gaps, { placeOf, acceptanceOf, problems })))
  else if (gaps.length > 0) terminal.print(gaps.map((gap) => gapText(gap, placeOf(gap), terminal)).join(''))
  else if (problems.length === 0) terminal.print('No gaps.\n')
}

/** One gap as compilers print it, so that editors can jump to where it can be mended. */
function gapText(gap: GapLine, place: Place | undefined, terminal: Terminal): string {
  const where = place ? `${place.file}${place.line === null ? '' : `:${place.line}`} ` : ''
  const severity = terminal.style(severityStyles[gap.severity], gap.severity)
  const state = isExcepted(gap) ? ' (excepted)' : ''
  return `${oneLine(where)}${severity} ${gap.rule}${state}: ${oneLine(gap.explanation)}\n`
}

function verdict({ gaps, problems }: Checked, failOn: Severity): ExitCode {
  const isBad = problems.length > 0 || gaps.some((gap) => !isExcepted(gap) && rank(gap.severity) >= rank(failOn))
  return isBad ? exitCodes.refused : exitCodes.done
}
