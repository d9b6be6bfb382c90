import type { Environment } from "@/lib/env/env";

/** Someone to try the installation with. */
export type DemoPerson = { role: string; email: string; password: string | null };

/** What the operator sees when everything runs. */
export function banner(
  settings: Environment,
  people: DemoPerson[],
  facts: { embedded: boolean; warnings: string[] },
): string {
  const lines = [`${settings.brand.name} runs at ${settings.appUrl}`];
  if (settings.emailTransport === "mailbox")
    lines.push(`Mail is shown at ${settings.appUrl}/mailbox`);
  if (facts.embedded) lines.push(`Data is kept in ${settings.dataDir}`);
  if (settings.worker === "off") lines.push("Mail is sent by npm run worker (WORKER=off)");
  for (const { role, email, password } of people)
    lines.push(
      `Demo ${role}: ${email}, ${password ? `password ${password}` : "password changed since"}`,
    );
  return framed(lines, facts.warnings);
}

/** What the operator of a worker alone sees when it runs, and by what it sends. */
export function workerBanner({ emailTransport }: Environment, warnings: string[]): string {
  const does = emailTransport === "mailbox" ? "keeps the mail in the mailbox" : "sends the mail";
  return framed(
    [`The worker runs the jobs and ${does} (EMAIL_TRANSPORT=${emailTransport})`],
    warnings,
  );
}

function framed(lines: string[], warnings: string[]): string {
  const all = [...lines, ...warnings.map((warning) => `Mind: ${warning}`), "Stop with Ctrl-C"];
  return `\n${all.map((line) => `  ${line}`).join("\n")}\n`;
}
