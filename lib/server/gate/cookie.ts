/**
 * One cookie's value, undecoded, from a `Cookie` header.
 *
 * @returns undefined where there is none of that name
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const pair = (header ?? "").split(";").find((part) => part.trim().startsWith(`${name}=`));
  return pair?.slice(pair.indexOf("=") + 1).trim();
}

/** A `Cookie` header without one of its cookies; undefined where nothing is left. */
export function withoutCookie(header: string | undefined, name: string): string | undefined {
  const others = (header ?? "").split(";").filter((part) => !part.trim().startsWith(`${name}=`));
  return others.join(";") || undefined;
}
