/* Starts Swagger UI on the document of this very server; asks no other host (validatorUrl). */
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
  onComplete: () => {
    // The reference grows above the problem codes; a link to one of them is followed once it has.
    if (location.hash.startsWith('#problem-')) document.querySelector(location.hash)?.scrollIntoView()
  },
})
