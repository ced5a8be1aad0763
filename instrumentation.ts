/** Called by Next once when a server starts. A build imports the app as well and must not work on anybody's jobs. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { attendToArrivals } = await import('@/lib/http/arrivals')
    attendToArrivals()
    const connectionString = process.env.DATABASE_URL
    if (!connectionString || process.env.NEXT_PHASE === 'phase-production-build') return
    const { startProcessJobs } = await import('@/lib/jobs/process')
    startProcessJobs(connectionString)
  }
}
