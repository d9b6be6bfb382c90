import { Fragment, type ReactNode } from "react";
import { Link } from "react-email";
import type { ShownInline, ShownWords } from "@/emails/edited-pieces";
import type { Accent } from "@/emails/theme";

function marked(words: ShownWords): ReactNode {
  if ("break" in words) return <br />;
  const text = words.italic ? <em>{words.text}</em> : words.text;
  return words.bold ? <strong>{text}</strong> : text;
}

type EditedWordsProps = { content: ShownInline[]; brand: Accent };

/** Words of an edited mail. The plain text has a link's address in brackets behind its words. */
export function EditedWords({ content, brand }: EditedWordsProps) {
  return content.map((inline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words never change their order
    <Fragment key={index}>
      {"href" in inline ? (
        <Link
          href={inline.href}
          className="m-link"
          data-text-format="words"
          style={{ color: brand.accent, textDecoration: "underline", textUnderlineOffset: "3px" }}
        >
          <EditedWords content={inline.words} brand={brand} />
        </Link>
      ) : (
        marked(inline)
      )}
    </Fragment>
  ));
}
