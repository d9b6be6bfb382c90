/** A line of two texts: in both, only in the one before, or only in the one after. */
export type ComparedLine = { is: "same" | "removed" | "added"; line: string };
