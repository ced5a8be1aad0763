import type { NextConfig } from 'next'

/** Pages load nothing from another origin. Next puts its page data into inline scripts, Mantine its sizes into inline styles. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ')

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // The development server evaluates code and talks over a socket of its own.
  ...(process.env.NODE_ENV === 'production' ? [{ key: 'Content-Security-Policy', value: contentSecurityPolicy }] : []),
]

const config: NextConfig = {
  // One folder per state of the sources, so that a build never touches what a running app serves.
  distDir: process.env.PENTARCH_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` has the types; a configuration that extends another is one that Next does not rewrite.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  turbopack: { root: process.cwd() },
  serverExternalPackages: [
    '@react-email/components',
    '@react-email/render',
    'nodemailer',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'pino',
  ],
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
}

export default config
