import { Hr, Img, Text } from "react-email";
import { CodePanel } from "@/emails/components/code-panel";
import { EditedWords } from "@/emails/components/edited-words";
import { FactsTable } from "@/emails/components/facts-table";
import { Happened } from "@/emails/components/happened";
import { StaffMessage } from "@/emails/components/staff-message";
import { WayButton } from "@/emails/components/way";
import { Paragraph, SectionTitle, SubTitle, Title } from "@/emails/components/words";
import type { ShownPiece } from "@/emails/edited-pieces";
import type { MailKind, MailView } from "@/emails/mail-view";
import { placed } from "@/emails/place";
import { light, maxWidth } from "@/emails/theme";

type Piece<Type> = Extract<ShownPiece, { type: Type }>;
type PieceProps<Type> = { piece: Piece<Type>; mail: MailView<MailKind> };

// What a card leaves of the mail's width: its own edges and those around it.
const widest = maxWidth - 2 * (36 + 12 + 1);
const headings = { 1: Title, 2: SectionTitle, 3: SubTitle } as const;

/** A heading of one of three sizes. */
export function EditedHeading({ piece, mail }: PieceProps<"heading">) {
  const Heading = headings[piece.level];
  return (
    <Heading place={piece}>
      <EditedWords content={piece.content} brand={mail.brand.light} />
    </Heading>
  );
}

function List({ piece, mail }: PieceProps<"list">) {
  const style = { fontSize: "16px", lineHeight: "25px", color: light.text };
  return (
    <ul className="m-text" style={{ ...style, margin: "0 0 14px", padding: "0 0 0 24px" }}>
      {piece.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the entries never change their order
        <li key={index} style={{ margin: "0 0 4px" }}>
          <EditedWords content={item} brand={mail.brand.light} />
        </li>
      ))}
    </ul>
  );
}

function Picture({ piece: { src, alternative, width, ...place } }: { piece: Piece<"image"> }) {
  const sized = width === null ? {} : { width: Math.min(width, widest) };
  return (
    <Text style={placed({ margin: "0 0 14px" }, place)}>
      <Img
        {...sized}
        className="m-text"
        src={src}
        alt={alternative}
        data-text-format="words"
        style={{
          display: "inline-block",
          maxWidth: "100%",
          height: "auto",
          fontSize: "16px",
          color: light.text,
        }}
      />
    </Text>
  );
}

function Panel({ piece, mail }: PieceProps<"panel">) {
  const { code, words, gathered, brand } = mail;
  switch (piece.panel) {
    case "code":
      return code === null ? null : (
        <CodePanel code={code} title={words.title} brand={brand.light} />
      );
    case "facts":
      return <FactsTable facts={mail.facts} />;
    case "message":
      return <StaffMessage mail={mail} />;
    case "happened":
      return gathered.happened.length === 0 ? null : (
        <Happened
          happened={gathered.happened}
          cut={gathered.isCut && "cut" in words ? words.cut : null}
        />
      );
  }
}

/** A piece of an edited mail, by the same components as those of the built-in mails. */
export function EditedPiece({ piece, mail }: { piece: ShownPiece; mail: MailView<MailKind> }) {
  switch (piece.type) {
    case "heading":
      return <EditedHeading piece={piece} mail={mail} />;
    case "paragraph":
      return (
        <Paragraph place={piece}>
          <EditedWords content={piece.content} brand={mail.brand.light} />
        </Paragraph>
      );
    case "list":
      return <List piece={piece} mail={mail} />;
    case "button":
      return (
        <WayButton href={piece.href} label={piece.label} brand={mail.brand.light} place={piece} />
      );
    case "image":
      return <Picture piece={piece} />;
    case "divider":
      return (
        <Hr
          className="m-line"
          style={{ borderTop: `1px solid ${light.border}`, margin: "24px 0" }}
        />
      );
    case "panel":
      return <Panel piece={piece} mail={mail} />;
  }
}
