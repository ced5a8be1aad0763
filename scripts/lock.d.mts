export interface LockOptions {
  /** How long another holder is waited for before `onWait`; default 0. */
  patienceMs?: number
  /** Called once when another process (`pid`) holds the lock; throwing here gives up. */
  onWait?: (pid: number) => void
}

export function withLock<T>(file: string, work: () => Promise<T>, options?: LockOptions): Promise<T>
export function acquireLock(file: string, options?: LockOptions): Promise<() => Promise<void>>
export function isAlive(pid: number): boolean
