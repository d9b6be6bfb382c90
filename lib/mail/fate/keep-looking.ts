import { env } from "@/lib/env/env";
import { log } from "@/lib/log/log";
import { lookOnce } from "@/lib/mail/fate/look";

const REST_MS = 2_000;

/**
 * Asks Resend about mails that it has said nothing of, from now on, where mail leaves by it.
 *
 * @returns `stop` resolves when nothing more is asked
 */
export function keepLooking(): { stop(): Promise<void> } {
  if (!env().emailTransports.includes("resend")) return { stop: () => Promise.resolve() };
  let stopping = false;
  let endRest: () => void = () => undefined;

  function rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, REST_MS);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopping) {
      const outcome = await lookOnce().catch((error: unknown) => {
        log.debug({ error }, "No mail could be looked at.");
        return "nothing" as const;
      });
      if (outcome === "nothing" && !stopping) await rest();
    }
  }

  const ran = run();
  return {
    async stop() {
      stopping = true;
      endRest();
      await ran;
    },
  };
}
