'use client'

/** Asks the person at the screen to show who they are; true when they did. */
type Ask = () => Promise<boolean>

let ask: Ask | null = null

/** The dialog that asks, while it is mounted. */
export function setAsk(next: Ask | null): void {
  ask = next
}

/** Has the person show once more that it is them. @returns whether they did. */
export async function confirmIdentity(): Promise<boolean> {
  return (await ask?.()) ?? false
}
