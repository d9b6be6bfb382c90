import type { ReactNode } from "react";
import { CodeEnding } from "@/emails/components/code-mail";
import { EditedPiece } from "@/emails/components/edited-piece";
import { MailFrame } from "@/emails/components/mail-frame";
import { Section } from "@/emails/components/section";
import type { ShownPiece } from "@/emails/edited-pieces";
import type { MailKind, MailView } from "@/emails/mail-view";
import { previewCode, previewOf } from "@/emails/preview";

type EditedMailProps = {
  mail: MailView<MailKind>;
  title: string;
  previewLine: string;
  pieces: ShownPiece[];
  /** As that of the built-in mail of its kind. */
  ending: ReactNode;
};

const opensSection = (piece: ShownPiece) => piece.type === "heading" && piece.level === 2;
const endsSection = (piece: ShownPiece) => piece.type === "heading" && piece.level < 3;

/** The pieces, those behind a heading of the second size together with it: they are its section. */
function inSections(pieces: ShownPiece[]): ShownPiece[][] {
  const parts: ShownPiece[][] = [[]];
  for (const piece of pieces) {
    if (endsSection(piece)) parts.push([piece]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

/** A mail whose text somebody wrote, with the look, and the end, of the built-in ones. */
export default function EditedMail({ mail, title, previewLine, pieces, ending }: EditedMailProps) {
  return (
    <MailFrame
      mail={{ ...mail, words: { title, preheader: previewLine } }}
      opening={null}
      ending={ending}
    >
      {inSections(pieces).map((part, at) => {
        const shown = part.map((piece, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces never change their order
          <EditedPiece key={index} piece={piece} mail={mail} />
        ));
        // biome-ignore lint/suspicious/noArrayIndexKey: nor do the sections
        return part[0] && opensSection(part[0]) ? <Section key={at}>{shown}</Section> : shown;
      })}
    </MailFrame>
  );
}

const preview = { ...previewOf("sign-up-code"), code: previewCode };

EditedMail.PreviewProps = {
  mail: preview,
  title: "Your code",
  previewLine: "It works until 14:42 in Lisbon.",
  ending: <CodeEnding mail={preview} />,
  pieces: [
    { type: "panel", panel: "code" },
    { type: "heading", level: 1, content: [{ text: "Welcome to Portaria" }] },
    {
      type: "paragraph",
      content: [
        { text: "Type it " },
        { text: "now", bold: true },
        { text: ", or read " },
        { href: "http://localhost:3000/help", words: [{ text: "our help", italic: true }] },
        { text: "." },
        { break: true },
        { text: "We look forward to you." },
      ],
    },
    { type: "list", items: [[{ text: "One thing" }], [{ text: "Another" }]] },
    { type: "button", label: "Sign in", href: "http://localhost:3000/login", align: "center" },
    { type: "divider" },
    { type: "heading", level: 3, content: [{ text: "In the small print" }], space: "tight" },
    { type: "paragraph", content: [{ text: "There is none." }], align: "end" },
    { type: "heading", level: 2, content: [{ text: "What we know of it" }] },
    { type: "panel", panel: "facts" },
  ],
} satisfies EditedMailProps;
