'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { api } from '@/components/api'
import { LayerIcon } from '@/components/layer-icon'
import { ownerStatusTitles } from '@/components/owner-status'
import { useUrlState } from '@/components/use-url-state'
import { layers } from '@/lib/layers'
import type { MatrixCounts } from '@/lib/matrix/model'
import { ownerStatuses } from '@/lib/ownership/model'
import classes from './matrix.module.css'
import type { MatrixFilters } from './query'

/** How each layer stands over the filtered rows; every count is a filter. Fetched apart, so that rows never wait for it. */
export function CountsStrip({ filters, version }: { filters: MatrixFilters; version: number }) {
  const url = useUrlState()
  const [counts, setCounts] = useState<MatrixCounts | null>(null)
  const [failed, setFailed] = useState(false)
  const { layer: _layer, status: _status, ...rest } = filters
  const key = JSON.stringify(rest)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` counts the writes after which to ask again
  useEffect(() => {
    const aborted = new AbortController()
    api('matrix.counts', JSON.parse(key), { signal: aborted.signal }).then(
      (answer) => {
        setCounts(answer)
        setFailed(false)
      },
      () => setFailed(!aborted.signal.aborted),
    )
    return () => aborted.abort()
  }, [key, version])
  return (
    <section className={classes.counts} aria-label="Cells by layer and state" aria-busy={counts === null}>
      {layers.map(({ id }) => {
        const layer = counts?.layers.find((candidate) => candidate.layer === id)
        return (
          <div key={id} className={classes.layer}>
            <div className={classes.layerTitle}>
              <LayerIcon layer={id} label />
            </div>
            <ul className={classes.chips}>
              {ownerStatuses.map((status) => {
                const on = filters.layer === id && filters.status === status
                const count = layer?.counts[status]
                if (count === 0 && !on) return null
                return (
                  <li key={status}>
                    <Link
                      className={classes.chip}
                      data-status={status}
                      aria-current={on || undefined}
                      href={url.href(on ? { layer: null, status: null } : { layer: id, status })}
                      replace
                      scroll={false}
                      prefetch={false}
                    >
                      <b>{count?.toLocaleString('en') ?? (failed ? '?' : '·')}</b>{' '}
                      {ownerStatusTitles[status].toLowerCase()}
                    </Link>
                  </li>
                )
              })}
            </ul>
          </div>
        )
      })}
    </section>
  )
}
