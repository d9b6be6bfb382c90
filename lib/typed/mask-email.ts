/**
 * Shortens an address for a page that someone else may see: `maria@example.com` is `m•••@e•••.com`.
 * The number of dots never shows the length.
 */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, at);
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf(".");
  const [first = ""] = local;
  const [host = ""] = domain;
  return `${first}•••@${host}•••${dot === -1 ? "" : domain.slice(dot)}`;
}
