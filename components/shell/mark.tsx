/** Height of each arch, the middle one highest. */
const tops = [12, 8, 4, 8, 12]

/** The mark: five arches on one base, one for each layer. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      style={{ flex: 'none', color: 'var(--p-accent-text)' }}
    >
      {tops.map((top, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: five fixed places
          key={index}
          d={`M${1.5 + index * 4.4} 19V${top + 1.7}a1.7 1.7 0 0 1 3.4 0V19z`}
          fill="currentColor"
        />
      ))}
      <rect x="1.5" y="20.2" width="21" height="1.8" rx="0.9" fill="currentColor" />
    </svg>
  )
}
