import { z } from 'zod'
import { checkSignInSettings } from '@/lib/access/oidc/settings'
import { trustedProxiesSchema } from '@/lib/http/client-address'
import { mailFromSchema, smtpUrlSchema } from '@/lib/mail/settings'
import { rateLimitSettings } from '@/lib/rate-limits/settings'
import { encryptionKeySchema } from '@/lib/secrets/keys'
import { takeSecretsFromFiles } from './secret-files'

const port = z.coerce.number('must be a port number').int().min(1).max(65_535).default(3000)
const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a PostgreSQL address: postgresql://user:password@host:5432/database',
})

const mailSettings = { SMTP_URL: smtpUrlSchema.optional(), MAIL_FROM: mailFromSchema.optional() }

const demoSettings = z.object({
  PORT: port,
  HOST: z.string().default('127.0.0.1'),
  PENTARCH_DATA_DIR: z.string().default('.pentarch'),
  DATABASE_URL: databaseUrl.optional(),
  PENTARCH_SEED: z.enum(['sample', 'empty'], 'must be sample or empty').default('sample'),
  ...mailSettings,
})

const startSettings = z.object({
  PORT: port,
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: databaseUrl,
  NEXTAUTH_SECRET: z
    .string('must be set, for example to the output of: openssl rand -base64 32')
    .min(32, 'must have at least 32 characters'),
  PENTARCH_ENCRYPTION_KEY: encryptionKeySchema.optional(),
  PENTARCH_ENCRYPTION_KEY_PREVIOUS: encryptionKeySchema.optional(),
  PENTARCH_EXPORTS_DIR: z.string().min(1).optional(),
  PENTARCH_STREAMS_DIR: z.string().min(1).optional(),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/, error: 'must be the address people open: https://pentarch.example.org' }),
  TRUSTED_PROXIES: trustedProxiesSchema.optional(),
  ...rateLimitSettings,
  ...mailSettings,
  PENTARCH_TEST_CLOCK: z.undefined('must not be set: it turns the clock of end-to-end tests').optional(),
})

/**
 * Besides what the environment sets: `throwAway`, the data need not outlive a crash, as in tests; `clockFile`, how far
 * tests have turned the clock.
 */
export type DemoSettings = z.infer<typeof demoSettings> & { throwAway?: boolean; clockFile?: string }
export type StartSettings = z.infer<typeof startSettings>

/** Settings of `npm run demo` and `npm run dev`: all have defaults. */
export const readDemoSettings = (): DemoSettings => read(demoSettings)

/** Settings of `npm start`: what is missing or bad is refused by name. */
export function readStartSettings(): StartSettings {
  const settings = read(startSettings)
  checkSignInSettings()
  return settings
}

function read<T>(schema: z.ZodType<T>): T {
  takeSecretsFromFiles(process.env)
  // An empty variable is how shells and container files say "not set".
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Bad or missing settings:\n${problems.join('\n')}`)
}
