/** What a check found, and what to put where. */
export type Finding = {
  /** What was looked at, such as SPF. */
  check: string;
  level: "ok" | "warning" | "wrong";
  /** A sentence; no secret. */
  says: string;
  /** What to do, such as the exact record to add. */
  todo?: string;
};

export const ok = (check: string, says: string): Finding => ({ check, level: "ok", says });

export const warning = (check: string, says: string, todo: string): Finding => ({
  ...{ check, level: "warning", says, todo },
});

export const wrong = (check: string, says: string, todo: string): Finding => ({
  ...{ check, level: "wrong", says, todo },
});

/** What to do where a record is missing in the DNS. */
export const toAdd = (name: string, type: string, value: string): string =>
  `Add at ${name} the ${type} record: ${value}`;

/** An error's words, with what Node says behind them of a connection. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = (error.cause ?? {}) as { code?: string };
  return `${error.message.split("\n", 1).join("")}${code === undefined ? "" : ` (${code})`}`;
}

/** Runs a check that may hang until the limit of all, and names it then; what it throws is what it found. */
export type InTime = (check: string, work: () => Promise<Finding[]>) => Promise<Finding[]>;

/**
 * Gives checks that may hang one limit together, whichever of them run at a time: what one of them does not
 * say by then takes nothing from what others found. What hangs is left behind.
 */
export async function withinLimit<T>(
  milliseconds: number,
  run: (inTime: InTime) => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  const says = `There was no answer in ${Math.ceil(milliseconds / 1000)} seconds.`;
  const todo = "See whether it is up and reachable from here, and run npm run doctor again.";
  try {
    return await run(async (check, work) => {
      try {
        return await Promise.race([work(), late.then(() => [wrong(check, says, todo)])]);
      } catch (error) {
        const why = reasonOf(error);
        const mend = "Mend that, and run npm run doctor again.";
        return [wrong(check, `It could not be looked at: ${why}`, mend)];
      }
    });
  } finally {
    clearTimeout(timer);
  }
}
