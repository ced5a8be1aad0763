import type { RoutePreview } from '@/lib/registry/bindings/route-model'
import { Problem } from '../problem'
import classes from './route-preview.module.css'

interface RoutePreviewTextProps {
  answer: RoutePreview | null
  pending: boolean
  problem: string | null
}

/** Whether the route may be made: true, or why not. */
export function verdictOf(preview: RoutePreview | null): true | string {
  if (!preview) return 'Choose the tools and the point first'
  if (preview.refused > 0) return 'Some bindings stand in the way; nothing is changed unless all can be'
  return preview.changes > 0 || 'Nothing would change'
}

const bindings = (count: number, verb: string) => `${count} ${count === 1 ? 'binding' : 'bindings'} ${verb}`

/** What a route would do, before it does it. */
export function RoutePreviewText({ answer, pending, problem }: RoutePreviewTextProps) {
  if (problem) return <Problem text={problem} />
  return (
    <div className={classes.preview} role="status" aria-busy={pending}>
      {!answer && (pending ? 'Counting' : 'Choose the tools to see how many bindings change.')}
      {answer && (
        <>
          <b>
            {bindings(answer.changes, 'would change')}, {answer.already} pass it already
            {answer.refused > 0 && `, ${answer.refused} cannot`}
          </b>
          {answer.refusals.length > 0 && (
            <ul>
              {answer.refusals.map(({ slug, reason }) => (
                <li key={slug}>
                  <code>{slug}</code> {reason}
                </li>
              ))}
            </ul>
          )}
          {answer.refusals.length === 0 && answer.examples.length > 0 && (
            <span className={classes.examples}>
              {answer.examples.slice(0, 5).join(', ')}
              {answer.changes > 5 && ` and ${answer.changes - 5} more`}
            </span>
          )}
        </>
      )}
    </div>
  )
}
