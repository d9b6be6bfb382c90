/**
 * What acts where no member of staff does: somebody at a command on the server, or the worker by
 * itself.
 */
export const auditMachines = ["command", "worker"] as const;

export type AuditMachine = (typeof auditMachines)[number];

/** The machine that an actor of the log is; null: an account. */
export const auditMachine = (actor: string): AuditMachine | null =>
  auditMachines.find((known) => known === actor) ?? null;
