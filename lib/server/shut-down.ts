import { log } from "@/lib/log/log";

/** How a part of the server is ended; `hurry` aborts when the operator asks a second time. */
export type Stop = (hurry: AbortSignal) => Promise<void>;

// npm passes on to us the Ctrl-C that the terminal has sent us already: the echo asks for nothing
// more.
const echoMilliseconds = 1000;
const partMilliseconds = 30_000;

/**
 * Ends the process in order when it is asked to (SIGINT, SIGTERM): the parts named with `add`, the
 * last one first, each for 30 seconds at most. `now(code)` does the same by itself. Asked a second
 * time, no part is waited for but one added as a `child`: a process that must not stay behind.
 */
export function onShutDown(): {
  add(stop: Stop, kind?: "part" | "child"): void;
  now(code: number): Promise<never>;
} {
  const parts: { stop: Stop; kind: "part" | "child" }[] = [];
  const hurry = new AbortController();
  let began: number | undefined;
  let ending: Promise<never> | undefined;

  const end = async (code: number): Promise<never> => {
    for (let part = parts.pop(); part; part = parts.pop()) {
      const stopped = part.stop(hurry.signal).catch((error) => {
        log.error({ err: error }, "A part of the server did not stop cleanly");
      });
      await (part.kind === "child" ? stopped : withinLimit(stopped, hurry.signal));
    }
    process.exit(code);
  };
  const now = (code: number) => {
    ending ??= end(code);
    return ending;
  };
  const onSignal = () => {
    if (began === undefined) {
      began = performance.now();
      void now(0);
    } else if (performance.now() - began > echoMilliseconds) hurry.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  return { add: (stop, kind = "part") => void parts.push({ stop, kind }), now };
}

async function withinLimit(stopped: Promise<void>, hurry: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([hurry, AbortSignal.timeout(partMilliseconds)]);
  const late = new Promise<"late">((resolve) => {
    if (limit.aborted) resolve("late");
    else limit.addEventListener("abort", () => resolve("late"));
  });
  if ((await Promise.race([stopped, late])) === "late")
    log.warn("A part of the server took too long to stop and is left");
}
