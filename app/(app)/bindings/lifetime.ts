export const lifetimeUnits = ['minutes', 'hours', 'days'] as const
export type LifetimeUnit = (typeof lifetimeUnits)[number]

const secondsOf: Record<LifetimeUnit, number> = { minutes: 60, hours: 3600, days: 86_400 }

/** A lifetime as a person enters it. */
export interface Lifetime {
  amount: number
  unit: LifetimeUnit
}

/** The largest unit that says it in whole numbers; minutes, with a fraction, when none does. */
export function lifetimeOf(seconds: number): Lifetime {
  const unit = lifetimeUnits.toReversed().find((candidate) => seconds % secondsOf[candidate] === 0) ?? 'minutes'
  return { amount: seconds / secondsOf[unit], unit }
}

export const lifetimeSeconds = ({ amount, unit }: Lifetime): number => Math.round(amount * secondsOf[unit])

/** "15 minutes", "1 hour". */
export function lifetimeText(seconds: number): string {
  if (seconds < secondsOf.minutes) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  const { amount, unit } = lifetimeOf(seconds)
  return `${amount.toLocaleString('en', { maximumFractionDigits: 1 })} ${amount === 1 ? unit.slice(0, -1) : unit}`
}
