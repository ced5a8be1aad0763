import { Skeleton } from '@mantine/core'

const fill = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Stands where a table will be, row for row as high. */
export function TableSkeleton({ rows = 12 }: { rows?: number }) {
  return (
    <div aria-hidden style={{ border: '1px solid var(--p-line)', borderRadius: 8, overflow: 'hidden' }}>
      {fill(rows + 1).map((row) => (
        <div
          key={row}
          style={{
            display: 'flex',
            alignItems: 'center',
            gap: 24,
            height: 'var(--p-row)',
            padding: '0 12px',
            borderTop: row > 0 ? '1px solid var(--p-line)' : 'none',
          }}
        >
          <Skeleton height={10} width={`${18 + ((row * 7) % 12)}%`} />
          <Skeleton height={10} width={`${10 + ((row * 5) % 9)}%`} />
          <Skeleton height={10} width={`${8 + ((row * 3) % 7)}%`} />
        </div>
      ))}
    </div>
  )
}

/** Stands where a page will be: title line, filter line, table. */
export function PageSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">Loading</span>
      <div aria-hidden>
        <div style={{ height: 30, display: 'flex', alignItems: 'center', marginBottom: 16 }}>
          <Skeleton height={16} width={160} />
        </div>
        <div style={{ height: 30, display: 'flex', gap: 8, marginBottom: 12 }}>
          <Skeleton height={26} width={180} />
          <Skeleton height={26} width={80} />
          <Skeleton height={26} width={80} />
        </div>
        <TableSkeleton />
      </div>
    </div>
  )
}
