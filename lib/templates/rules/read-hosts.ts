/** A typed host that is none, or is not taken, and why. */
export type HostFault = {
  /** As it was typed; empty: of all of them. */
  typed: string;
  error: "not-a-host" | "address" | "port" | "wildcard" | "too-many" | "language";
};
