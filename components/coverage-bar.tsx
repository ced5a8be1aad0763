import Link from 'next/link'
import { type LayerId, layerOf } from '@/lib/layers'
import { urls } from '@/lib/urls'
import classes from './coverage-bar.module.css'
import { LayerIcon } from './layer-icon'
import { type OwnerStatus, ownerStatuses, ownerStatusTitles } from './owner-status'

/** How many bindings stand in each state for one layer. */
export type Coverage = Record<OwnerStatus, number>

/** Whole percents, rounded down so that 100 % is only said when it is true. */
export function percent(part: number, total: number): number {
  return total === 0 ? 0 : Math.floor((part / total) * 100)
}

/**
 * How far one layer is owned: a bar whose parts have their own pattern, and the counts in words below it,
 * each a link to the cells it counts.
 */
export function CoverageBar({ layer, counts }: { layer: LayerId; counts: Coverage }) {
  const total = ownerStatuses.reduce((sum, status) => sum + counts[status], 0)
  const present = ownerStatuses.filter((status) => counts[status] > 0)
  return (
    <div className={classes.row}>
      <div className={classes.head}>
        <LayerIcon layer={layer} label />
        <span className={classes.share}>{total === 0 ? '–' : `${percent(counts.owned, total)} %`}</span>
      </div>
      <div className={classes.bar} aria-hidden>
        {present.map((status) => (
          <span key={status} className={classes.part} data-status={status} style={{ flexGrow: counts[status] }} />
        ))}
      </div>
      <ul className={classes.counts} aria-label={`${layerOf(layer).title}: bindings by state`}>
        {present.map((status) => (
          <li key={status}>
            <Link href={urls.matrix({ layer, status })} prefetch={false}>
              <span className={classes.key} data-status={status} aria-hidden />
              <b>{counts[status].toLocaleString('en')}</b> {ownerStatusTitles[status].toLowerCase()}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
