import type { Environment } from "@/lib/env/env";

/** Someone to try the installation with; null: they chose another since. */
export type DemoPerson = {
  role: string;
  email: string;
  password: string | null;
  /** Of their authenticator app, in groups of four; left out: they need none. */
  appKey?: string | null;
};

/** What the operator sees when everything runs. */
export function banner(
  settings: Environment,
  people: DemoPerson[],
  facts: { embedded: boolean; warnings: string[] },
): string {
  const lines = [`${settings.brand.name} runs at ${settings.appUrl}`];
  if (settings.keepsMail) lines.push(`Mail is shown at ${settings.appUrl}/mailbox`);
  if (facts.embedded) lines.push(`Data is kept in ${settings.dataDir}`);
  if (settings.worker === "off") lines.push("Mail is sent by npm run worker (WORKER=off)");
  for (const person of people) lines.push(...linesOf(person));
  if (people.some(({ appKey }) => appKey))
    lines.push("Add a key to an authenticator app by hand; oathtool --totp -b makes its codes too");
  return framed(lines, facts.warnings);
}

function linesOf({ role, email, password, appKey }: DemoPerson): string[] {
  const way = password ? `password ${password}` : "password changed since";
  const person = `Demo ${role}: ${email}, ${way}`;
  if (appKey === undefined) return [person];
  return [person, `  authenticator app ${appKey ? `key ${appKey}` : "changed since"}`];
}

/** What the operator of a worker alone sees when it runs, and by what it sends. */
export function workerBanner(
  { emailTransports, keepsMail }: Environment,
  warnings: string[],
): string {
  const does = keepsMail ? "keeps the mail in the mailbox" : "sends the mail";
  return framed(
    [`The worker runs the jobs and ${does} (EMAIL_TRANSPORT=${emailTransports})`],
    warnings,
  );
}

function framed(lines: string[], warnings: string[]): string {
  const all = [...lines, ...warnings.map((warning) => `Mind: ${warning}`), "Stop with Ctrl-C"];
  return `\n${all.map((line) => `  ${line}`).join("\n")}\n`;
}
