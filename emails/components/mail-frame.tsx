import type { ReactNode } from "react";
import { Body, Container, Head, Html, Img, Link, Preview, Section, Text } from "react-email";
import { Section as TitledSection } from "@/emails/components/section";
import { Paragraph, Title } from "@/emails/components/words";
import type { MailView, SharedWords } from "@/emails/mail-view";
import { light, maxWidth, sans, styleSheet } from "@/emails/theme";

type Framed = Pick<
  MailView<"sign-in-code">,
  "locale" | "brand" | "support" | "footer" | "legal"
> & {
  links: Pick<MailView<"sign-in-code">["links"], "wasItUs">;
  shared: SharedWords;
  words: { title: string; preheader: string };
};

function BrandLine({ brand }: Pick<Framed, "brand">) {
  const style = { fontSize: "20px", lineHeight: "28px", fontWeight: 700, color: light.text };
  return brand.logoUrl === null ? (
    <Text className="m-text" style={{ ...style, margin: "0 0 24px" }} data-skip-in-text="true">
      {brand.name}
    </Text>
  ) : (
    <Img
      className="m-text"
      src={brand.logoUrl}
      alt={brand.name}
      height="36"
      style={{ ...style, height: "36px", maxWidth: "100%", margin: "0 0 24px" }}
    />
  );
}

type MailFrameProps = {
  mail: Framed;
  /** What comes first instead of the title, which it then shows too. */
  opening?: ReactNode;
  /** What to do if it was somebody else, which no text takes away. */
  ending: ReactNode;
  children: ReactNode;
};

/** By what the mail can be asked about, and where it says whether we sent it. */
function OwnReference({ mail: { shared, links, brand } }: { mail: Framed }) {
  // Whoever reads it out or types it sees it in one piece: its dashes are no ends of lines.
  const begins = shared.mailReference.lastIndexOf(" ") + 1;
  return (
    <>
      {shared.mailReference.slice(0, begins)}
      <span style={{ whiteSpace: "nowrap" }}>{shared.mailReference.slice(begins)}</span>
      <br />
      <Link
        href={links.wasItUs}
        className="m-link"
        style={{
          color: brand.light.accent,
          textDecoration: "underline",
          textUnderlineOffset: "3px",
        }}
      >
        {shared.wasItUs}
      </Link>
    </>
  );
}

/** Why it came, by what it can be asked about, and what the law wants said. */
function BelowTheCard({ mail }: { mail: Framed }) {
  const lines = [...mail.footer, <OwnReference key="reference" mail={mail} />, ...mail.legal];
  return lines.map((line, index) => (
    <Text
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order
      key={index}
      className="m-quiet"
      style={{
        fontSize: "16px",
        lineHeight: "24px",
        color: light.quiet,
        margin: index === 0 ? "16px 20px 12px" : "0 20px 12px",
      }}
    >
      {line}
    </Text>
  ));
}

/**
 * What all mails share: the host's name above, the mail on one card, and behind all else what no text
 * takes away: what to do if it was somebody else, contacts, why it came, its own reference and what the
 * law wants said.
 */
export function MailFrame({ mail, opening, ending, children }: MailFrameProps) {
  const { brand, words, shared, support } = mail;
  return (
    <Html lang={mail.locale}>
      <Head>
        <title>{words.title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta
          name="format-detection"
          content="telephone=no, date=no, address=no, email=no, url=no"
        />
        <style>{styleSheet(brand.dark)}</style>
      </Head>
      <Preview useTitleTag={false}>{words.preheader}</Preview>
      <Body
        lang={mail.locale}
        className="m-page"
        style={{ backgroundColor: light.page, fontFamily: sans, margin: 0, padding: 0 }}
      >
        <Container style={{ maxWidth: `${maxWidth}px`, width: "100%" }}>
          <Section tdClassName="m-outer" style={{ padding: "28px 12px" }}>
            <Section
              className="m-card"
              style={{
                backgroundColor: light.card,
                border: `1px solid ${light.border}`,
                borderRadius: "12px",
                borderCollapse: "separate",
                overflow: "hidden",
              }}
            >
              <Section tdClassName="m-pad" style={{ padding: "30px 36px 32px" }}>
                <BrandLine brand={brand} />
                {opening === undefined ? <Title>{words.title}</Title> : opening}
                {children}
                {ending}
                {support.length > 0 && (
                  <TitledSection title={shared.helpTitle}>
                    {support.map((line) => (
                      <Paragraph key={line}>{line}</Paragraph>
                    ))}
                  </TitledSection>
                )}
              </Section>
            </Section>
            <BelowTheCard mail={mail} />
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
