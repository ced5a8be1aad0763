/**
 * The arrows of the house: app, components, cli → service → pure + store → db.
 * What is pure is named here; a new pure file in a capability is added to its line.
 */
const PURE = [
  '^lib/(layers|urls)\\.ts$',
  '^lib/[^/]+/model\\.ts$',
  '^lib/gaps/rules/',
  '^lib/gaps/(rule|picture|indexed-[^/]+|grouping|paths|evaluate|exceptions|lifecycle|diff|delegation-graph|strong-components|check-estate|duration|wording|disagreement|reference|estate-[^/]+)\\.ts$',
  '^lib/gaps/work/(states|exception-states|due-date|may)\\.ts$',
  '^lib/ownership/(resolve|credible|states)\\.ts$',
  '^lib/ownership/(succession/next-in-line|suggest/suggest)\\.ts$',
  '^lib/registry/bindings/(path|route-plan|state|trust)\\.ts$',
  '^lib/(registry/delegations/loop|delegations/(shape|widening))\\.ts$',
  '^lib/importers/(?!.*(store|service|apply|thread|testing/registry)\\.ts$)',
  '^lib/contracts/(attested|bounds|canonical|diff|digest|line-diff|patterns|remarks|states)\\.ts$',
  '^lib/audit/personal\\.ts$',
  '^lib/transparency/(bytes|canonical|checkpoint|committed|cosignature|leaf|merkle|note|tiles|verifier-key)\\.ts$',
  '^lib/audit/(changes|deeds|naming)\\.ts$',
  '^lib/whatif/(changes|gap-difference|owner-difference|model)\\.ts$',
  '^lib/exporters/estate/(entities|text)\\.ts$',
  '^lib/exporters/oscal/(?!(store|testing)\\.ts$)',
  '^lib/recertification/(cadence|picture|states|launch/(announced|preview-model)|campaigns/(can|forecast|funnel|progress|starting-templates)|schedules/next-launch|events/words|history/model)\\.ts$',
  '^lib/recertification/reviews/(changes|decision-rules|model|picture-kind|recommend|words)\\.ts$',
  '^lib/recertification/(closing/plan|remediation/(model|rights))\\.ts$',
  '^lib/recertification/report/(actions|certification-model|groups|model|signed|tables|texts|words)\\.ts$',
  '^lib/history/(compare/(kinds|values)|known-at/believed)\\.ts$',
  '^lib/exporters/schedules/when\\.ts$',
  '^lib/streams/(states|ocsf/[^/]+|transports/transport)\\.ts$',
  '^lib/evidence/(verify|zip|page)/',
  '^lib/evidence/(digests|model|multi-proof|names|source|tree-hashing|utf8-order)\\.ts$',
  '^lib/provisioning/(departures|scim/(coerce|filter|matches|messages|patch|patch-values|paths|project|refusal|schema|users/mapping))\\.ts$',
  '^lib/time/calendar\\.ts$',
  '^lib/standards/(?!(store|service)\\.ts$)',
].join('|')

/** What makes a file impure by being anywhere below it: the mark of server files, the database, the frameworks. */
const OUTSIDE = '^node_modules/(server-only|@prisma|pg|pg-[^/]+|next|next-auth|react|react-dom)/|^lib/(db|jobs)/'

const TEST = '\\.test\\.tsx?$|(^|/)testing(/|\\.ts$)'

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
      comment: 'Rules, resolution, parsers and models reach no I/O, so that what-if and tests run them on anything.',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { path: OUTSIDE, reachable: true },
    },
    {
      name: 'pure-does-no-io',
      comment: 'As above, for what Node itself offers.',
      severity: 'error',
      from: { path: PURE, pathNot: TEST },
      to: { path: '^(node:)?(fs|fs/promises|net|http|https|child_process|worker_threads)$' },
    },
    {
      name: 'components-know-no-server',
      comment:
        'Components take types, pure files and the HTTP client from lib. (That none reaches a server file by a detour, the build checks: `server-only`.)',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '[/-]store(\\.ts$|/)|/service\\.ts$|^lib/(db|jobs)/', dependencyTypesNot: ['type-only'] },
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
      from: {
        pathNot: `[/-]store(\\.ts$|/)|^lib/db/|^lib/use-cases/database-errors\\.ts$|^(prisma|scripts|bench|e2e)/|${TEST}`,
      },
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
