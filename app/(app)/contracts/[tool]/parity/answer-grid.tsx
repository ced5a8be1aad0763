import { IconCheck, IconCircleCheckFilled, IconHelpCircleFilled, IconX, IconXboxXFilled } from '@tabler/icons-react'
import { PointLink } from '@/components/links'
import { pointKindTitles } from '@/components/registry/titles'
import { ScrollFrame } from '@/components/scroll-frame'
import type { RunDetail } from '@/lib/contracts/parity/model'
import classes from './parity.module.css'

type Vector = RunDetail['vectors'][number]
type Answer = Vector['answers'][number]

const decided = (decision: boolean) => (decision ? 'Allow' : 'Deny')

/** Every vector of a run against every point, in call order. */
export function AnswerGrid({ run: { asked, vectors } }: { run: RunDetail }) {
  return (
    <ScrollFrame label="Answers side by side">
      <table className={classes.grid} aria-label="Answers side by side">
        <thead>
          <tr>
            <th scope="col">Vector</th>
            <th scope="col">Expected</th>
            {asked.map(({ id, slug, name, kind }) => (
              <th scope="col" key={id}>
                <PointLink slug={slug} name={name} />
                <small className={classes.kind}>{pointKindTitles[kind]}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {vectors.map((vector) => (
            <tr key={vector.vector} data-outcome={worst(vector)}>
              <th scope="row">
                <Question vector={vector} />
              </th>
              <td>
                <span className={classes.expected}>
                  {vector.expected ? <IconCheck size={14} aria-hidden /> : <IconX size={14} aria-hidden />}
                  {decided(vector.expected)}
                </span>
              </td>
              {asked.map(({ id }, index) => (
                <td key={id}>
                  <Given answer={vector.answers[index] ?? null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  )
}

function worst({ answers }: Vector) {
  const outcomes = answers.map((answer) => answer?.outcome)
  return outcomes.includes('disagrees') ? 'disagrees' : outcomes.includes('no_answer') ? 'no_answer' : 'agrees'
}

/** What was asked: its name, who does what on what, and the very request for those who look closer. */
function Question({ vector: { name, question } }: { vector: Vector }) {
  if (question === null) return name
  const { subject, action, resource } = question
  return (
    <details className={classes.question}>
      <summary>
        {name}
        <small className={classes.asked}>
          {subject.id} · {action.name} · {resource.type} {resource.id}
        </small>
      </summary>
      <pre>{JSON.stringify(question, null, 2)}</pre>
    </details>
  )
}

function Given({ answer }: { answer: Answer }) {
  if (answer === null) return <span className={classes.quiet}>not asked</span>
  const { decision, error, outcome, milliseconds } = answer
  if (decision === null)
    return (
      <span className={classes.mark} data-tone="high">
        <IconHelpCircleFilled size={14} aria-hidden />
        <span>
          No answer
          <small className={classes.reason}>{error}</small>
        </span>
      </span>
    )
  const took = milliseconds === null ? undefined : `Answered in ${milliseconds} ms`
  return outcome === 'agrees' ? (
    <span className={classes.mark} data-tone="good" title={took}>
      <IconCircleCheckFilled size={14} aria-hidden />
      {decided(decision)}
    </span>
  ) : (
    <span className={classes.mark} data-tone="critical" data-strong title={took}>
      <IconXboxXFilled size={14} aria-hidden />
      {decided(decision)}, disagrees
    </span>
  )
}
