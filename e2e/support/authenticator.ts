import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { readSecrets } from "@/lib/data-directory/secrets.mjs";
import { resetEnvironment } from "@/lib/env/env";
import { codeAtStep, newAppKey, STEP_SECONDS, sealAppKey, stepAt } from "@/lib/factors/totp";

type Key = Uint8Array<ArrayBuffer>;

// Between reading a code and the judgement of it.
const ON_ITS_WAY_MILLISECONDS = 10_000;

/**
 * Somebody's authenticator app. A code is judged once, and from then on those of older steps are wrong: this one
 * gives the step before first, then the present one and the next, and waits only after these.
 */
export class Authenticator {
  private lastStep = 0;

  constructor(readonly key: Key) {}

  /** A code that is right, and was not given before. */
  async nextCode(): Promise<string> {
    const oldest = stepAt(new Date(Date.now() + ON_ITS_WAY_MILLISECONDS)) - 1;
    this.lastStep = Math.max(this.lastStep + 1, oldest);
    const begins = (this.lastStep - 1) * STEP_SECONDS * 1000;
    if (begins > Date.now()) await pause(begins - Date.now());
    return codeAtStep(this.key, this.lastStep);
  }
}

/** An app that an installation takes for one of its own: what its row holds, and the app itself. */
export function makeApp(dataDir: string): {
  id: string;
  sealedKey: Uint8Array;
  app: Authenticator;
} {
  const [id, key] = [randomUUID(), newAppKey()];
  const own = process.env.AUTH_SECRET;
  process.env.AUTH_SECRET = readSecrets(dataDir).authSecret;
  resetEnvironment();
  try {
    return { id, sealedKey: sealAppKey(id, key), app: new Authenticator(key) };
  } finally {
    process.env.AUTH_SECRET = own ?? "";
    resetEnvironment();
  }
}

/** The statement that gives the account of an address ($3) an app, by its id and sealed key. */
export const insertApp = `
  INSERT INTO authenticator_app (id, account_id, name, sealed_key, created_at, confirmed_at)
  SELECT $1::uuid, id, 'Phone', $2, now(), now() FROM account WHERE email = $3`;
