import { execFileSync, spawnSync } from 'node:child_process'

const ACCOUNT = 'postgres'

/** The system account that a root process runs the database as. */
export interface Account {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root: a root process runs it as the system account `postgres`, made when missing.
 * Everybody else runs it as themselves (undefined).
 */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return findAccount() ?? createAccount()
}

function findAccount(): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const id = spawnSync('id', [flag, ACCOUNT], { encoding: 'utf8' })
    return id.status === 0 ? Number.parseInt(id.stdout, 10) : undefined
  })
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

function createAccount(): Account {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT], { stdio: 'pipe' })
  } catch (cause) {
    throw new Error(
      `PostgreSQL does not run as root, and the system account '${ACCOUNT}' it would use could not be made. Run Pentarch as an ordinary user, or set DATABASE_URL.`,
      { cause },
    )
  }
  const account = findAccount()
  if (!account) throw new Error(`The system account '${ACCOUNT}' was made but cannot be found`)
  return account
}

/** Whether the account may pass through `directory`: a checkout in root's closed home is out of its reach. */
export function canEnter(account: Account, directory: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...account, cwd: '/', stdio: 'ignore' })
  return probe.status === 0
}

/**
 * The command that runs a PostgreSQL program as `account` on data in `directory`. Where the account cannot pass
 * through the folders above, it is lent root's power to do so (CAP_DAC_OVERRIDE), and nothing else of root's.
 */
export function commandAs(account: Account | undefined, directory: string, program: string, args: string[]) {
  if (!account || canEnter(account, directory)) return { command: program, args, options: { ...account } }
  const { uid, gid } = account
  const lend = '+dac_override'
  const switches = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=${lend}`,
    `--ambient-caps=${lend}`,
  ]
  return { command: 'setpriv', args: [...switches, program, ...args], options: {} }
}
