import { readFileSync } from 'node:fs'

/** The settings that are secrets. Each may be given as a file as well, by its name with `_FILE`: how containers get secrets. */
const secretSettings = [
  'DATABASE_URL',
  'NEXTAUTH_SECRET',
  'PENTARCH_ENCRYPTION_KEY',
  'PENTARCH_ENCRYPTION_KEY_PREVIOUS',
  'PENTARCH_LOG_KEY',
  'PENTARCH_LOG_KEY_PREVIOUS',
  'OIDC_CLIENT_SECRET',
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `OIDC_${number}_CLIENT_SECRET`),
  'SMTP_URL',
]

/**
 * Puts the secrets that stand in files where settings are read from, once.
 * @throws Error that names the setting, for a file that cannot be read and for a secret that is given in both ways.
 */
export function takeSecretsFromFiles(env: NodeJS.ProcessEnv): void {
  for (const name of secretSettings) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    if (env[name]) throw new Error(`Bad settings: ${name} and ${name}_FILE are both set; give one of them`)
    env[name] = secretIn(file, name)
    delete env[`${name}_FILE`]
  }
}

function secretIn(file: string, name: string): string {
  try {
    // Editors and `openssl` end a file with a line feed, which is no part of the secret.
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new Error(`Bad settings: ${name}_FILE names ${file}, which cannot be read`)
  }
}
