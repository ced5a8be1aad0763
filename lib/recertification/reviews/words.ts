/** An instant to the minute, the same wherever it is read: `2026-11-24 09:30 UTC`. */
export const exactInstant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
