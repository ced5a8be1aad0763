/**
 * The arrows of the house: app, components, cli → service → pure + store → db. See docs/adr and DESIGN.
 * A file is pure unless it is one of the named impure kinds; pure files import only pure files.
 */

/** Files that read or write the database, or put use cases together. */
const IMPURE = '(^|/)(store|service|apply|refresh|run)\\.ts$'
const PLUMBING = '^lib/(db|jobs|http|use-cases|access|integrations)/'
const TEST = '\\.test\\.tsx?$|(^|/)testing(/|\\.ts$)'

/** Capabilities whose files are pure unless their name says otherwise. */
const PURE_FOLDERS =
  '^lib/(layers\\.ts|urls\\.ts|gaps|ownership|registry|importers|standards|contracts|recertification)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or lack a third.',
      severity: 'error',
      from: { pathNot: '^lib/db/generated/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: { pathNot: '^lib/db/generated/' },
      to: { couldNotResolve: true, pathNot: '^(next-env|\\.next)' },
    },
    {
      name: 'pure-stays-pure',
      comment: 'Rules, resolution, parsers and models do no I/O, so that what-if and tests can run them on anything.',
      severity: 'error',
      from: { path: PURE_FOLDERS, pathNot: `${IMPURE}|${TEST}` },
      to: {
        path: `${IMPURE}|${PLUMBING}|^node_modules/(@prisma|pg|pg-[^/]+|next|next-auth|react|react-dom|server-only)(/|$)|^(node:)?(fs|net|http|https|child_process)(/|$)`,
        // A type is erased: what a parser takes may be described where it is kept.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'components-know-no-server',
      comment:
        'Components show what they are given; types, pure files and the HTTP client are all they may take from lib.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: {
        path: `${IMPURE}|^lib/(db|jobs|use-cases|access|http/(?!client\\.ts$))`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'stores-behind-services',
      comment: 'Routes and the command line go through use cases, never to a store or the database.',
      severity: 'error',
      from: { path: '^(app|components|cli)/', pathNot: TEST },
      to: { path: '(^|/)store\\.ts$|^lib/db/(?!(client|status)\\.ts$)' },
    },
    {
      name: 'generated-client-in-stores',
      comment: 'The database client is for stores and the plumbing; everybody else asks a store.',
      severity: 'error',
      from: { pathNot: `(^|/)store\\.ts$|^lib/db/|^(prisma|scripts|bench|e2e)/|${TEST}` },
      to: { path: '^lib/db/generated/' },
    },
    {
      name: 'lib-is-below-app',
      comment: 'lib serves app, components, cli and scripts, and knows none of them.',
      severity: 'error',
      from: { path: '^(lib|prisma)/', pathNot: TEST },
      to: { path: '^(app|components|cli|scripts|bench|e2e)/' },
    },
    {
      name: 'components-are-below-app',
      comment: 'What several routes show does not depend on a route.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app|cli|scripts|bench|e2e)/' },
    },
    {
      name: 'no-test-code-in-product',
      comment: 'Factories and test databases stay in tests.',
      severity: 'error',
      from: { pathNot: `${TEST}|^(e2e|bench|scripts)/|^(vitest|playwright)\\.config\\.ts$` },
      to: { path: `${TEST}|^node_modules/(vitest|fast-check|@playwright)/` },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/|^lib/db/generated/' },
    exclude: { path: '^(\\.next|\\.test|\\.pentarch|docs|public)/|^next-env\\.d\\.ts$' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Type-only imports too: an arrow that exists only in types is still an arrow for the folder rules.
    tsPreCompilationDeps: true,
    // TypeScript 7 has no JavaScript API that a tool could parse with; swc reads the same syntax.
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css', '.d.ts'],
    },
  },
}
