const pageMethods = ["GET", "HEAD", "POST"];
const readMethods = ["GET", "HEAD"];

/** Whether a path is `folder` or lies in it. */
export function isUnder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * The path of a request's target, decoded.
 *
 * @returns null where it cannot be decoded, holds control characters, or climbs with dots: browsers
 * resolve these before they ask, and a rule about a path must not be passed by another spelling of it
 */
export function readPath(target: string | undefined): string | null {
  if (!target?.startsWith("/")) return null;
  let path: string;
  try {
    path = decodeURIComponent(target.split("?", 1)[0] ?? "");
  } catch {
    return null;
  }
  const controls = [...path].some((character) => character < " " || character === "\u007f");
  const climbs = path.split("/").some((segment) => segment === "." || segment === "..");
  return controls || climbs ? null : path;
}

/** The query of a request's target without its question mark; null where it holds a NUL. */
export function readQuery(target: string): string | null {
  const start = target.indexOf("?");
  const query = start < 0 ? "" : target.slice(start + 1);
  return query.includes("%00") ? null : query;
}

// What NextAuth is asked for here. Its other actions (mail links, OAuth, WebAuthn) would show pages of
// its own that say what is not so.
// It answers no HEAD.
const authMethods: Record<string, readonly string[]> = {
  csrf: ["GET"],
  session: ["GET"],
  providers: ["GET"],
  error: ["GET"],
  signin: ["GET"],
  signout: ["GET", "POST"],
  "callback/password": ["POST"],
};

const authAction = (path: string) => path.slice("/api/auth/".length);

/**
 * Where a page's form goes with a choice that is made beside it, to be kept and not judged. Below /api,
 * where a process of the version before answers 405: anywhere else it would run the form's action.
 */
export const KEEPING_PATH = "/api/language";

/** Where the scripts of pages ask what a browser is to make, or to use, of passkeys. */
export const PASSKEYS_PATH = "/api/passkeys/options";

/** Where what is posted is a form of a page, and the same twice one act. */
export const isOfPages = (path: string): boolean => !isMailFrame(path) && path !== PASSKEYS_PATH;

// Next would answer a form posted to any page with that page.
const withoutForms = ["/_next"];
const readOnlyPages = ["/", "/help", "/status", "/.well-known/webauthn"];

/** The methods a path serves. */
export function methodsOf(path: string): readonly string[] {
  if (isUnder(path, "/api/auth")) {
    const action = authAction(path);
    return (Object.hasOwn(authMethods, action) ? authMethods[action] : undefined) ?? pageMethods;
  }
  if (path === KEEPING_PATH || path === PASSKEYS_PATH) return ["POST"];
  if (isUnder(path, "/api")) return readMethods;
  const readOnly =
    readOnlyPages.includes(path) || withoutForms.some((folder) => isUnder(path, folder));
  return readOnly || isPublicFile(path) ? readMethods : pageMethods;
}

/** Whether a path shows the embedded mailbox or anything that belongs to it. */
export function isMailbox(path: string): boolean {
  const [, first = ""] = path.split("/");
  return first === "mailbox" || first.startsWith("mailbox.");
}

/** Whether a path answers with a mail alone, to be shown in a frame of another page. */
export const isMailFrame = (path: string): boolean =>
  /^\/(templates|support\/mails)\/[^/]+\/mail-frame$/.test(path);

/**
 * Paths that Next or NextAuth would serve and we have no use for, such as the image service.
 *
 * @param target as it was sent: NextAuth reads it undecoded, and knows its actions by one spelling
 */
export function isUnused(path: string, target: string): boolean {
  if (isUnder(path, "/api/auth")) {
    return target.split("?", 1)[0] !== path || !Object.hasOwn(authMethods, authAction(path));
  }
  return isUnder(path, "/_next/image") || isUnder(path, "/_next/data");
}

/** Development's own endpoints, which keep rules of their own. */
export function isDevelopmentPath(path: string): boolean {
  return path.startsWith("/__nextjs") || isUnder(path, "/_next");
}

/** Where the pages' own scripts are; the policy lets no other folder's run. */
export const SCRIPTS_FOLDER = "/scripts";

/** Where the pictures are that mails show: what stands there never changes. */
export const MAIL_IMAGES_FOLDER = "/mail-images";

/** Where the styles are that depend on a setting or belong to no build: the brand's, a refusal's. */
export const STYLES_FOLDER = "/styles";

const publicFiles = [".ico", ".png", ".svg", ".txt", ".webmanifest", ".woff2"];

/** Whether an answer may stay in a cache: files that are the same for everyone. */
export function isPublicFile(path: string): boolean {
  return (
    isUnder(path, "/_next/static") ||
    isUnder(path, SCRIPTS_FOLDER) ||
    isUnder(path, STYLES_FOLDER) ||
    isUnder(path, MAIL_IMAGES_FOLDER) ||
    (!isUnder(path, "/api") && publicFiles.some((ending) => path.endsWith(ending)))
  );
}
