import { type CookieJar, requestBrought } from "@/lib/log/request-context";

/**
 * The cookies of the request being answered, and what its answer sets: whoever answers it, the app or
 * the gate itself, they go out with the answer.
 *
 * @throws Error outside of a request
 */
export const cookieJar = (): CookieJar => requestBrought().cookies;
