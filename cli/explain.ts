import { ApiProblem } from '@/lib/http/client'
import type { Problem } from '@/lib/http/problem'
import { CliFailure, type ExitCode, exitCodes } from './failure'
import type { Terminal } from './terminal'

/** Says on stderr what went wrong and how to mend it; answers the exit code. */
export function explain(error: unknown, terminal: Terminal): ExitCode {
  const failure = failureOf(error)
  terminal.complain(`pentarch: ${failure.message}`)
  if (failure.fix) terminal.complain(failure.fix)
  return failure.exitCode
}

function failureOf(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error
  if (error instanceof ApiProblem) return failureOfProblem(error.problem)
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new CliFailure(exitCodes.refused, `This should not have happened: ${told}`)
}

function failureOfProblem(problem: Problem): CliFailure {
  if (problem.status >= 500) {
    return new CliFailure(exitCodes.unreachable, `${problem.title} (request ${problem.requestId})`, problem.fix)
  }
  const fields = problem.errors.map(({ field, message }) => `\n  ${field ? `${field}: ` : ''}${message}`)
  // One field is what the detail says already.
  const detail = fields.length > 1 ? `${problem.title}${fields.join('')}` : problem.detail
  const isNotLetIn = problem.status === 401 || problem.status === 403
  return new CliFailure(isNotLetIn ? exitCodes.unreachable : exitCodes.refused, detail, problem.fix)
}
