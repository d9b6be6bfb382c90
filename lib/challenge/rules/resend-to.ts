/** One of the addresses that a code goes to: how far down its page's list, and how that writes it. */
export type ResendTo = { nth: number; shown: string };

/** What a button says of the address that it is for. */
export const writeResendTo = ({ nth, shown }: ResendTo): string => `${nth} ${shown}`;

const written = /^(?<nth>\d{1,2}) (?<shown>\S{1,320})$/u;

/** The address that a button is for; null: all that the code goes to, as of one that names none. */
export function readResendTo(text: string | null): ResendTo | null {
  const { nth, shown } = written.exec(text ?? "")?.groups ?? {};
  return nth === undefined || shown === undefined ? null : { nth: Number(nth), shown };
}

/**
 * The addresses that a code is mailed to again. One is named by its place in the list and as its page writes
 * it: where both do not fit any more, as when another one was removed meanwhile, the code goes to all.
 *
 * @param addresses all that it goes to
 * @param show how its page writes one
 */
export function addressesFor(
  to: ResendTo | null,
  addresses: readonly string[],
  show: (email: string) => string,
): string[] {
  const only = to === null ? undefined : addresses[to.nth];
  return only !== undefined && show(only) === to?.shown ? [only] : [...addresses];
}
