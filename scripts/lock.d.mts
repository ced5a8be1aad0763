export interface LockOptions {
  /** Called once when another process (`pid`) holds the lock; throwing here gives up. */
  onWait?: (pid: number) => void
}

export function withLock<T>(file: string, work: () => Promise<T>, options?: LockOptions): Promise<T>
export function acquireLock(file: string, options?: LockOptions): Promise<() => Promise<void>>
export function isAlive(pid: number): boolean
