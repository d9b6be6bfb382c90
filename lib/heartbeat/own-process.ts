import { createHash, randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { env } from "@/lib/env/env";
import type { SharedSettings } from "@/lib/heartbeat/rules/shared-settings";
import type { OwnProcess } from "@/lib/heartbeat/store";
import { machineId, processSpace, processStart } from "@/lib/machine/process-identity.mjs";
import { secretIdOf } from "@/lib/secrets/code";

/** The settings of this process that all others must share. */
export function sharedSettings(): SharedSettings {
  const { emailTransports, emailFrom, appUrl, brand, canary, authSecrets = [] } = env();
  return {
    EMAIL_TRANSPORT: emailTransports.join(","),
    EMAIL_FROM: emailFrom,
    APP_URL: appUrl,
    BRAND_NAME: brand.name,
    CANARY_EMAIL: canary?.email ?? "",
    AUTH_SECRET: authSecrets.map(secretIdOf),
  };
}

/** Where a pid means one process: this machine, or a container of its own on it. */
export function ownPidSpace(): string {
  return createHash("sha256")
    .update(`${machineId()}\n${processSpace()}`)
    .digest("hex")
    .slice(0, 16);
}

/** Whether the process of a row that was made here is still there. */
export function isStillThere({ pid, began }: Pick<OwnProcess, "pid" | "began">): boolean {
  return (processStart(pid) ?? "") === began;
}

/** This process, under an id of its own. */
export function describeOwnProcess(role: Pick<OwnProcess, "servesPages" | "runsJobs">): OwnProcess {
  return {
    id: randomUUID(),
    pidSpace: ownPidSpace(),
    host: hostname(),
    pid: process.pid,
    began: processStart(process.pid) ?? "",
    settings: sharedSettings(),
    ...role,
  };
}
