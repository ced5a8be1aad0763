import { problemList } from '@/lib/http/openapi'
import { urls } from '@/lib/urls'

export const dynamic = 'force-dynamic'

/** Swagger UI writes inline styles; nothing else is let in, and nothing from another origin. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The API reference to read and to try out, for everybody; what is tried out needs a session or a token as ever. */
export function GET(): Response {
  return new Response(page(), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, no-cache',
      'content-security-policy': contentSecurityPolicy,
    },
  })
}

function page(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference · Pentarch</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${urls.apiDocs()}/swagger-ui.css">
<link rel="stylesheet" href="/api-docs/docs.css">
</head>
<body>
<header><a href="${urls.overview()}">Pentarch</a> <span>API reference</span> <a href="/api/v1/openapi.json">openapi.json</a></header>
<main>
<div id="reference"><noscript>The reference needs JavaScript; <a href="/api/v1/openapi.json">the document itself</a> does not.</noscript></div>
<section class="problems" aria-labelledby="problems">
<h2 id="problems">Problem codes</h2>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it means</th><th scope="col">What to do</th></tr></thead>
<tbody>
${problemList().map(problemRow).join('\n')}
</tbody>
</table>
</section>
</main>
<script src="${urls.apiDocs()}/swagger-ui-bundle.js"></script>
<script src="/api-docs/docs.js"></script>
</body>
</html>
`
}

function problemRow({ code, status, title, fix }: ReturnType<typeof problemList>[number]): string {
  return `<tr id="problem-${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${title}</td><td>${fix}</td></tr>`
}
