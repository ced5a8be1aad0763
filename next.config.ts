import type { NextConfig } from 'next'

/** What browsers offer to pages and none of ours uses, and what only ours may use. */
const permissionsPolicy = [
  ...['accelerometer', 'autoplay', 'camera', 'clipboard-read', 'display-capture', 'encrypted-media'],
  ...['fullscreen', 'gamepad', 'geolocation', 'gyroscope', 'hid', 'idle-detection', 'keyboard-map', 'local-fonts'],
  ...['magnetometer', 'microphone', 'midi', 'payment', 'picture-in-picture', 'screen-wake-lock', 'serial'],
  ...['storage-access', 'sync-xhr', 'usb', 'window-management', 'xr-spatial-tracking'],
]
  .map((feature) => `${feature}=()`)
  .concat('clipboard-write=(self)', 'publickey-credentials-create=(self)', 'publickey-credentials-get=(self)')
  .join(', ')

/** Of every answer. Pages get their Content-Security-Policy from `proxy.ts`, for it is another each time. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: permissionsPolicy },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
]

const policy = (directives: string) => [{ key: 'Content-Security-Policy', value: directives }]
const answersAreNoPages = policy("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")

const config: NextConfig = {
  // One folder per state of the sources, so that a build never touches what a running app serves.
  distDir: process.env.PENTARCH_DIST_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // No picture is resized here, and what is not there cannot be asked to fetch.
  images: { unoptimized: true },
  // `npm run check` has the types; a configuration that extends another is one that Next does not rewrite.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  turbopack: { root: process.cwd() },
  serverExternalPackages: [
    '@react-email/components',
    '@react-email/render',
    'isomorphic-git',
    'nodemailer',
    'pg',
    'pg-boss',
    'pg-copy-streams',
    'pino',
  ],
  // A page that somebody may not see says so (`forbidden.tsx`) instead of failing.
  experimental: {
    authInterrupts: true,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'],
  },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    // A header set here is one that a route cannot set any more, and the API reference has a policy of its own.
    { source: '/api/:path((?!v1/docs$).*)', headers: answersAreNoPages },
    { source: '/scim/:path*', headers: answersAreNoPages },
    { source: '/_next/:path((?!static/).*)', headers: answersAreNoPages },
    { source: '/:probe(healthz|readyz)', headers: answersAreNoPages },
    { source: '/verify.html', headers: policy("base-uri 'none'; object-src 'none'; frame-ancestors 'none'") },
  ],
}

export default config
