import { vi } from "vitest";
import { resetEnvironment } from "@/lib/env/env";

/** Takes down how this process is set; the function that is returned sets it so again, mocks and clock too. */
export function rememberProcess(): () => void {
  const before = { ...process.env };
  return () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    resetEnvironment();
  };
}
