import { log } from "@/lib/log";

/** How a part of the server is ended; `hurry` aborts when the operator asks a second time. */
export type Stop = (hurry: AbortSignal) => Promise<void>;

// npm passes on to us the Ctrl-C that the terminal has sent us already: the echo is no second wish.
const echoMilliseconds = 1000;

/**
 * Ends the process in order when it is asked to (SIGINT, SIGTERM): the parts named with `add`, the
 * last one first. `now(code)` does the same by itself. Asked again, the parts are hurried.
 */
export function onShutDown(): { add(stop: Stop): void; now(code: number): Promise<never> } {
  const parts: Stop[] = [];
  const hurry = new AbortController();
  let began: number | undefined;
  let ending: Promise<never> | undefined;

  const end = async (code: number): Promise<never> => {
    for (const stop of parts.reverse()) {
      try {
        await stop(hurry.signal);
      } catch (error) {
        log.error({ err: error }, "A part of the server did not stop cleanly");
      }
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
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onSignal);
  return { add: (stop) => parts.push(stop), now };
}
