/* Starts Swagger UI on the document of this very server; asks no other host (validatorUrl). */
const { hash } = location // which Swagger UI takes away
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  // Each group opens when it is asked for: all operations at once are a wall, and more than Swagger UI shows.
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
})

/* A link to a problem code stays in view while the reference above it grows, until the reader takes over. */
const problem = hash.startsWith('#problem-') && document.getElementById(hash.slice(1))
if (problem) {
  problem.classList.add('linked')
  const growth = new ResizeObserver(() => problem.scrollIntoView({ block: 'center' }))
  growth.observe(document.getElementById('reference'))
  for (const event of ['wheel', 'pointerdown', 'keydown', 'touchstart']) {
    window.addEventListener(event, () => growth.disconnect(), { once: true, passive: true })
  }
}
