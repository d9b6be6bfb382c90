import { Heading, Section, Text } from "react-email";
import { type Accent, light, mono } from "@/emails/theme";

/**
 * The code, alone and in one run: selected with one tap, copied without spaces. It is the mail's
 * first heading, so that it is large also where styles are dropped, and found first by who listens.
 */
export function CodePanel({ code, title, brand }: { code: string; title: string; brand: Accent }) {
  return (
    <Section
      className="m-panel"
      style={{
        backgroundColor: light.panel,
        borderLeft: `4px solid ${brand.accent}`,
        borderRadius: "6px",
        margin: "0 0 20px",
        textAlign: "center",
      }}
    >
      <Heading
        as="h1"
        className="m-text m-code"
        style={{
          fontFamily: mono,
          fontSize: "44px",
          lineHeight: "52px",
          fontWeight: 700,
          letterSpacing: "6px",
          // The last character's spacing would push the code off its centre.
          paddingLeft: "6px",
          margin: "20px 0 4px",
          color: light.text,
        }}
      >
        {code}
      </Heading>
      <Text
        className="m-quiet"
        style={{ fontSize: "16px", lineHeight: "24px", margin: "0 8px 18px", color: light.quiet }}
      >
        {title}
      </Text>
    </Section>
  );
}
