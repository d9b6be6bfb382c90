import { afterAll, vi } from "vitest";
import { resetEnvironment } from "@/lib/env";

// Vitest's set-up of files that share a process: each leaves it as the one before it did.
const before = { ...process.env };

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  resetEnvironment();
});
