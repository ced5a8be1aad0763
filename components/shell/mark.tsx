/** Radii of the arches, outermost first. */
const radii = [10.6, 8.3, 6, 3.7, 1.4]

/** The mark: five arches, one inside the other, down to the door itself. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.35"
      strokeLinecap="round"
      aria-hidden="true"
      style={{ flex: 'none', color: 'var(--p-accent-text)' }}
    >
      {radii.map((radius) => (
        <path key={radius} d={`M${12 - radius} 20.5V13a${radius} ${radius} 0 0 1 ${2 * radius} 0V20.5`} />
      ))}
    </svg>
  )
}
