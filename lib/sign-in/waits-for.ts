import { isTrustedBrowserKey } from "@/lib/client/network-key";
import type { SignInVerdict } from "@/lib/sign-in/rules/judge-sign-in";

/** What was asked for too often: of all new networks, or of one known place or trusted browser alone. */
export type WaitsFor = "codes" | "factors" | "factors-here" | "factors-in-browser";

/** What a sign-in waits for, as pages say it. */
export function waitsFor(
  verdict: Extract<SignInVerdict, { kind: "wait" }>,
  { hasFactor }: { hasFactor: boolean },
): WaitsFor {
  if (verdict.because !== "asked-too-often-here") return hasFactor ? "factors" : "codes";
  return isTrustedBrowserKey(verdict.knownBy) ? "factors-in-browser" : "factors-here";
}
