import { z } from "zod";

/**
 * What people write of a mail: data, never markup. It can say no style, class, HTML, script or condition,
 * so nothing in it can be hidden. In words it is the plain notation (contract, "Templates").
 */
export type MailDocument = {
  /** One line of text and variables. */
  subject: Inline[];
  /** What lists of mails show behind the subject: one line of text and variables. */
  previewLine: Inline[];
  pieces: Piece[];
};

/** An https address, or a variable that is a link. */
export type LinkTarget = { to: string } | { variable: string };

type Marks = { bold?: true; italic?: true; link?: LinkTarget };

/** What stands in a line. */
export type Inline =
  | ({ text: string } & Marks)
  | ({ variable: string } & Marks)
  /** The line ends here, the paragraph does not. */
  | { break: true };

/** Left out: at the start of the line, and with the usual space around it. */
type Place = { align?: "center" | "end"; space?: "tight" | "wide" };

/** What makes a piece of its own of the mail's data: the code's panel, the table of facts, … */
export const panelNames = ["code", "facts", "message", "happened"] as const;
export type PanelName = (typeof panelNames)[number];

export type Piece =
  | ({ type: "heading"; level: 1 | 2 | 3; content: Inline[] } & Place)
  | ({ type: "paragraph"; content: Inline[] } & Place)
  | { type: "list"; items: Inline[][] }
  | ({ type: "button"; label: Inline[]; link: LinkTarget } & Place)
  /** An uploaded picture by its id, with what it says to whoever does not see it. */
  | ({ type: "image"; image: string; alternative: string } & Place)
  | { type: "divider" }
  | { type: "panel"; panel: PanelName }
  /** A named block of ours, by its name. */
  | { type: "block"; name: string };

/** A variable's or a block's name: letters of a to z, digits and dashes. */
export const NAME_PATTERN = /^[a-z][a-z0-9-]{0,39}$/;

/** An uploaded picture's id. */
export const IMAGE_PATTERN = /^[a-z0-9]{8,40}$/;

function shapeOfDocuments(): z.ZodType<MailDocument> {
  const name = z.string().regex(NAME_PATTERN);
  // Text that a line can hold: no control character, no half of a pair.
  const text = z
    .string()
    .min(1)
    .refine((value) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(value));
  const target = z.union([
    z.strictObject({ to: z.string().startsWith("https://") }),
    z.strictObject({ variable: name }),
  ]);
  const marks = {
    bold: z.literal(true).optional(),
    italic: z.literal(true).optional(),
    link: target.optional(),
  };
  const inline = z.union([
    z.strictObject({ text, ...marks }),
    z.strictObject({ variable: name, ...marks }),
    z.strictObject({ break: z.literal(true) }),
  ]);
  const line = z.array(inline);
  const plainLine = z.array(
    z.union([z.strictObject({ text }), z.strictObject({ variable: name })]),
  );
  const place = {
    align: z.enum(["center", "end"]).optional(),
    space: z.enum(["tight", "wide"]).optional(),
  };
  const level = z.union([z.literal(1), z.literal(2), z.literal(3)]);
  const piece = z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("heading"), level, content: line, ...place }),
    z.strictObject({ type: z.literal("paragraph"), content: line, ...place }),
    z.strictObject({ type: z.literal("list"), items: z.array(line) }),
    z.strictObject({ type: z.literal("button"), label: line, link: target, ...place }),
    z.strictObject({
      type: z.literal("image"),
      image: z.string().regex(IMAGE_PATTERN),
      alternative: z.string(),
      ...place,
    }),
    z.strictObject({ type: z.literal("divider") }),
    z.strictObject({ type: z.literal("panel"), panel: z.enum(panelNames) }),
    z.strictObject({ type: z.literal("block"), name }),
  ]);

  return z.strictObject({
    subject: plainLine,
    previewLine: plainLine,
    pieces: z.array(piece),
  });
}

/**
 * The shape of a document; how large it may be is said by `rules/limits.ts`. Pure, so that what browsers
 * load of this file comes without zod.
 */
export const mailDocumentSchema = /* @__PURE__ */ shapeOfDocuments();
