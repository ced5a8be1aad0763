import type { ReviewDetail } from '@/lib/recertification/reviews/model'
import classes from '../review.module.css'
import { factsOf } from './picture-facts'

/** The frozen picture fact by fact, and beside it what is different now. */
export function PictureTable({ row: { picture, now, picturedAt } }: { row: ReviewDetail }) {
  const present = new Map((now ? factsOf(now) : []).map(({ label, value }) => [label, value]))
  const facts = factsOf(picture)
  const differs = now !== null && facts.some(({ label, value }) => present.get(label) !== value)
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Fact</th>
          <th scope="col">On {picturedAt.slice(0, 10)}</th>
          {differs && <th scope="col">Now</th>}
        </tr>
      </thead>
      <tbody>
        {facts.map(({ label, value }) => {
          const is = present.get(label)
          return (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
              {differs && (
                <td data-differs={is !== value || undefined}>{is === value ? 'the same' : (is ?? 'gone')}</td>
              )}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
