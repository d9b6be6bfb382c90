import type { Environment } from "@/lib/env";

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
  if (settings.worker === "off") lines.push("Mail waits for npm run worker (WORKER=off)");
  for (const { role, email, password } of people)
    lines.push(
      `Demo ${role}: ${email}, ${password ? `password ${password}` : "password changed since"}`,
    );
  lines.push(...facts.warnings.map((warning) => `Mind: ${warning}`));
  lines.push("Stop with Ctrl-C");
  return `\n${lines.map((line) => `  ${line}`).join("\n")}\n`;
}
