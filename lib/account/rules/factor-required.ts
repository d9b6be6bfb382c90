/**
 * Whether whoever has a role must have a second factor: staff always, customers where the operator says so.
 * A role that nobody knows is staff's.
 *
 * @param required the roles of TWO_STEP_REQUIRED
 */
export function factorRequired(role: string, required: readonly string[]): boolean {
  return role !== "customer" || required.includes(role);
}
