/**
 * The local path of the page a form was sent from, query included. Our Referrer-Policy sends whole
 * addresses within the site only; of any other's, no more than a path of ours can come out.
 *
 * @returns "/" where the header is missing or cannot be read
 */
export function pathOfReferer(referer: string | null): string {
  if (referer === null || !URL.canParse(referer)) return "/";
  const url = new URL(referer);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "/";
  // Two slashes at the start would be read as another host.
  return `/${url.pathname.replace(/^\/+/, "")}${url.search}`;
}
