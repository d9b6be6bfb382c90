/**
 * Ends this process with the first SIGINT or SIGTERM, and by that the tools it runs (run-tool.mjs).
 * Returns what ends this, for whoever stops things in an order of his own from then on.
 */
export function quitOnSignal() {
  const quit = (signal) => process.exit(signal === "SIGINT" ? 130 : 143);
  process.on("SIGINT", quit).on("SIGTERM", quit).on("SIGHUP", quit);
  return () => process.off("SIGINT", quit).off("SIGTERM", quit).off("SIGHUP", quit);
}

/** Stops this process as SIGTERM does when whoever started it is gone; for servers of test runs. */
export function stopWhenInputEnds() {
  process.stdin.on("end", () => process.kill(process.pid, "SIGTERM"));
  process.stdin.on("error", () => {});
  process.stdin.resume();
}
