import type { Place } from "@/emails/place";

/** What stands in a line of an edited mail, all variables filled. */
export type ShownWords = { text: string; bold?: true; italic?: true } | { break: true };

/** Words, or words that lead somewhere. */
export type ShownInline = ShownWords | { href: string; words: ShownWords[] };

/** A piece of an edited mail, all variables, addresses and blocks filled. */
export type ShownPiece =
  | ({ type: "heading"; level: 1 | 2 | 3; content: ShownInline[] } & Place)
  | ({ type: "paragraph"; content: ShownInline[] } & Place)
  | { type: "list"; items: ShownInline[][] }
  | ({ type: "button"; label: string; href: string } & Place)
  | ({ type: "image"; src: string; alternative: string; width: number | null } & Place)
  | { type: "divider" }
  | { type: "panel"; panel: "code" | "facts" | "message" | "happened" };
