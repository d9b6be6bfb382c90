/** Where a sign-in leads when it was asked for nothing else. */
export const HOME_PATH = "/account";

/** Pages of the way in, which would only lead in a circle. */
const wayIn = ["/login", "/verify", "/signup", "/api"];

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
  // URL parsers drop tabs and line ends and read a backslash as a slash.
  if (!path.startsWith("/") || /[\p{Cc}\\]/u.test(path)) return HOME_PATH;
  const base = "http://portaria.invalid";
  if (!URL.canParse(path, base)) return HOME_PATH;
  const url = new URL(path, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return HOME_PATH;
  if (wayIn.some((page) => url.pathname === page || url.pathname.startsWith(`${page}/`)))
    return HOME_PATH;
  return `${url.pathname}${url.search}${url.hash}`;
}
