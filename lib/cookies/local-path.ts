/** Where a sign-in leads when it was asked for nothing else. */
export const HOME_PATH = "/account";

/** Where an account gets a second factor. */
export const TWO_STEP_PATH = "/account/security/two-step";

/** Where a customer is asked whether their factors still work. */
export const CHECK_UP_PATH = `${TWO_STEP_PATH}/check-up`;

/** Where that is asked before a customer comes to a local path of ours; not twice on the way to it. */
export const checkUpPath = (path: string): string =>
  path.split("?", 1)[0] === CHECK_UP_PATH
    ? path
    : `${CHECK_UP_PATH}?callbackUrl=${encodeURIComponent(path)}`;

/** Where one signs in, to come back to a local path of ours. */
export const loginPath = (path: string): string => `/login?callbackUrl=${encodeURIComponent(path)}`;

/** Pages of the way in, which would only lead in a circle. */
const wayIn = ["/login", "/verify", "/signup", "/api"];

/**
 * Whether an address lies on this site: a local path, or a URL of one of its own origins.
 *
 * @param wanted as it came, from anybody
 */
export function localTarget(wanted: unknown, origins: readonly string[]): boolean {
  if (typeof wanted !== "string" || wanted.length > 2000) return false;
  const own = origins.find((origin) => wanted === origin || wanted.startsWith(`${origin}/`));
  return readLocal(own === undefined ? wanted : wanted.slice(own.length) || "/") !== null;
}

// URL parsers drop tabs and line ends and read a backslash as a slash.
function readLocal(path: string): URL | null {
  if (!path.startsWith("/") || /[\p{Cc}\\]/u.test(path)) return null;
  const base = "http://portaria.invalid";
  if (!URL.canParse(path, base)) return null;
  const url = new URL(path, base);
  return url.origin !== base || url.pathname.startsWith("//") ? null : url;
}

/**
 * Reads where to go after a sign-in: a local path, or a URL of the site's own origin.
 *
 * @param wanted as it came in `callbackUrl`, from anybody
 * @param origin of the request, if its own absolute URLs are to be taken
 * @returns a path starting with one slash; `/account` for everything else
 */
export function localPath(wanted: unknown, origin?: string): string {
  if (typeof wanted !== "string" || wanted.length > 2000) return HOME_PATH;
  const path =
    origin !== undefined && wanted.startsWith(`${origin}/`) ? wanted.slice(origin.length) : wanted;
  const url = readLocal(path);
  if (url === null) return HOME_PATH;
  if (wayIn.some((page) => url.pathname === page || url.pathname.startsWith(`${page}/`)))
    return HOME_PATH;
  return `${url.pathname}${url.search}${url.hash}`;
}
