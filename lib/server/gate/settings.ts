import { env } from "@/lib/env/env";
import type { FormTable } from "@/lib/forms/form-table";
import type { OwnFiles } from "@/lib/server/gate/own-files";

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
  /** The pages' own scripts and styles; without, there are none. */
  files?: OwnFiles;
};

/** The gate's settings by the environment. Throws EnvironmentError as `env`. */
export function gateSettings(
  dev: boolean,
  { forms, files }: Pick<GateSettings, "forms" | "files"> = {},
): GateSettings {
  const { appUrl, trustedProxies, keepsMail, brand } = env();
  return {
    appUrl,
    trustedProxies,
    hasMailbox: keepsMail,
    logoUrl: brand.logoUrl,
    formsOnce: true,
    dev,
    forms,
    files,
  };
}
