import { env } from "@/lib/env/env";
import type { FormTable } from "@/lib/forms/form-table";
import type { OwnScripts } from "@/lib/server/gate/own-scripts";

/** What the gate needs to know of the installation. */
export type GateSettings = {
  appUrl: string;
  trustedProxies: readonly string[];
  /** Whether `/mailbox` exists. */
  hasMailbox: boolean;
  logoUrl: string | undefined;
  /** Whether the same form sent twice is one act; it takes the database. */
  formsOnce: boolean;
  /** Development server: hot reload gets through, Next's own error pages too. */
  dev: boolean;
  /** The forms of the build that is served; without, they are left to Next as they came. */
  forms?: FormTable;
  /** The pages' own scripts; without, there are none. */
  scripts?: OwnScripts;
};

/** The gate's settings by the environment. Throws EnvironmentError as `env`. */
export function gateSettings(
  dev: boolean,
  { forms, scripts }: Pick<GateSettings, "forms" | "scripts"> = {},
): GateSettings {
  const { appUrl, trustedProxies, emailTransport, brand } = env();
  return {
    appUrl,
    trustedProxies,
    hasMailbox: emailTransport === "mailbox",
    logoUrl: brand.logoUrl,
    formsOnce: true,
    dev,
    forms,
    scripts,
  };
}
