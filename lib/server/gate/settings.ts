import { env } from "@/lib/env";

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
};

/** The gate's settings by the environment. Throws EnvironmentError as `env`. */
export function gateSettings(dev: boolean): GateSettings {
  const { appUrl, trustedProxies, emailTransport, brand } = env();
  return {
    appUrl,
    trustedProxies,
    hasMailbox: emailTransport === "mailbox",
    logoUrl: brand.logoUrl,
    formsOnce: true,
    dev,
  };
}
