/**
 * Shortens the reference of a pending sign-in for the staff's pages, where the caller has to read it
 * out: `K7QM-2PX` is `K7••-••X`.
 */
export function maskReference(reference: string): string {
  return `${reference.slice(0, 2)}••-••${reference.slice(-1)}`;
}
