import { z } from "zod";
import { cookieName, cookieOptions, cookieSeconds } from "@/lib/cookies/cookies";
import { cookieJar } from "@/lib/cookies/jar";
import { seal, unseal } from "@/lib/secrets/secrets";
import { ACCOUNTS_PER_BROWSER } from "@/lib/trusted-browser/rules/limits";
import type { BrowserKey } from "@/lib/trusted-browser/store";

const purpose = "trusted-browser";
const keys = z.array(z.object({ id: z.uuid(), generation: z.int().positive() }));

/** What this browser shows of the accounts that trust it, the latest first. Each row decides. */
export async function readTrustedBrowser(): Promise<BrowserKey[]> {
  const value = cookieJar().get(cookieName("trusted-browser"));
  const read = keys.safeParse(unseal(purpose, value));
  return read.success ? read.data.slice(0, ACCOUNTS_PER_BROWSER) : [];
}

/** Hands a browser the key it is to show from now on; the keys of other accounts stay. */
export async function rememberTrustedBrowser(key: BrowserKey): Promise<void> {
  const others = (await readTrustedBrowser()).filter(({ id }) => id !== key.id);
  const shown = [{ id: key.id, generation: key.generation }, ...others];
  cookieJar().set(
    cookieName("trusted-browser"),
    seal(purpose, shown.slice(0, ACCOUNTS_PER_BROWSER)),
    cookieOptions(cookieSeconds.trustedBrowser),
  );
}
