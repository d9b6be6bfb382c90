/** Why a file is not taken although it is known what it is. `locked`: it asks for a password. */
export type CutFault = "damaged" | "too-many-pixels" | "locked";

/** Where the file itself begins and ends among what came, and what is added to end it. */
export type Cut = { start: number; end: number; closing?: number[] };
