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

/** An error's words, with what Node says behind them of a connection. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = (error.cause ?? {}) as { code?: string };
  return `${error.message.split("\n", 1).join("")}${code === undefined ? "" : ` (${code})`}`;
}

/** Runs a check that may hang: it is given so long, and what it throws is what it found. */
export async function inTime(
  check: string,
  milliseconds: number,
  work: () => Promise<Finding[]>,
): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    const seconds = Math.round(milliseconds / 1000);
    const found = wrong(
      check,
      `There was no answer in ${seconds} seconds.`,
      "See whether it is up and reachable from here, and run npm run doctor again.",
    );
    timer = setTimeout(() => resolve([found]), milliseconds);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    const why = reasonOf(error);
    return [
      wrong(check, `It could not be looked at: ${why}`, "Mend that, and run npm run doctor again."),
    ];
  } finally {
    clearTimeout(timer);
  }
}
