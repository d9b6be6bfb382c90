import { Logger } from "graphile-worker";
import { log } from "@/lib/log/log";

// The runner repeats itself while the database is away; what operators need to know we say ourselves.
const levels = { error: "debug", warning: "debug", info: "trace", debug: "trace" } as const;

/** The job runner's own log, at our log's lower levels. */
export const jobLog = new Logger((scope) => (level, message) => {
  log[levels[level]]({ jobs: scope }, message);
});
