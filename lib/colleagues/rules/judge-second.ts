import type { Tie } from "@/lib/mail/rules/ties";

/** A member of the staff, as far as it matters whether two of them are two people. */
export type Colleague = {
  id: string;
  /** When they last joined or were given a higher role; null: longer ago than anything was noted. */
  since: Date | null;
  /** Who invited them or raised their role, who invited those, and so on, by the ids of their accounts. */
  sponsors: readonly string[];
  /** The browser they act in; null: it was not noted. */
  browserId: string | null;
};

/** Whether somebody joined, or got a higher role, after something had begun. */
export function joinedAfter({ since }: Pick<Colleague, "since">, began: Date): boolean {
  return since !== null && since >= began;
}

/**
 * What ties two members of staff to each other, so that the word of both is the word of one; null:
 * nothing. Two who were invited by a third are two: somebody has to invite a team.
 */
export function tieBetween(one: Colleague, other: Colleague): Tie | null {
  if (one.id === other.id) return "same";
  if (one.sponsors.includes(other.id) || other.sponsors.includes(one.id)) return "invited";
  if (one.browserId !== null && one.browserId === other.browserId) return "same-browser";
  return null;
}
