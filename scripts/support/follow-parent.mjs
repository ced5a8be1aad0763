/** Preloaded into the app: when the command that started it is killed outright, the app does not live on alone. */
process.on('disconnect', () => {
  setTimeout(() => process.exit(1), 5_000).unref()
  process.kill(process.pid, 'SIGTERM')
})
