import { TRUSTED_BROWSER_DAYS } from "@/lib/trusted-browser/rules/limits";

/** Days a browser stays trusted after its last sign-in, for words. */
export const TRUSTED_DAYS = TRUSTED_BROWSER_DAYS;
