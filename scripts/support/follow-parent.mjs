/** Preloaded into the app: when the command that started it is killed outright, the app does not live on alone. */
process.on('disconnect', () => process.exit(1))
