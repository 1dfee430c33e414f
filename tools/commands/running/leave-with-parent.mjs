// Loaded before a service's own code: when the command that started it is gone, however it went, the service stops in
// its orderly way, as if it had received SIGTERM, and takes with it what it started itself.
if (process.channel) {
  process.once('disconnect', () => {
    process.once('exit', endOwnGroup)
    if (process.listenerCount('SIGTERM') > 0) process.emit('SIGTERM', 'SIGTERM')
    else process.exit(0)
  })
  // The channel alone must not keep a service alive that wants to end.
  process.channel.unref()
}

/** Services lead a process group of their own; Windows has none. */
function endOwnGroup() {
  if (process.platform !== 'win32') process.kill(-process.pid, 'SIGKILL')
}
