/** `risk: high, critical` */
export function filterWords(filter: Readonly<Record<string, string>>): string {
  const parts = Object.entries(filter).map(([name, value]) => `${name}: ${value.replaceAll(',', ', ')}`)
  return parts.length === 0 ? 'Nothing' : parts.join('; ')
}

const units = ['B', 'kB', 'MB', 'GB'] as const

/** `1.2 MB`, in powers of 1,000. */
export function sizeWords(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${value.toLocaleString('en', { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${units[unit]}`
}
