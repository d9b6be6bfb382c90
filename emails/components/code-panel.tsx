import { Section, Text } from "react-email";
import { type Accent, light, mono } from "@/emails/theme";

/** The code, alone and in one run: selected with one tap, copied without spaces. */
export function CodePanel({ code, brand }: { code: string; brand: Accent }) {
  return (
    <Section
      className="m-panel"
      style={{
        backgroundColor: light.panel,
        borderLeft: `4px solid ${brand.accent}`,
        borderRadius: "6px",
        margin: "20px 0",
        textAlign: "center",
      }}
    >
      <Text
        className="m-text m-code"
        style={{
          fontFamily: mono,
          fontSize: "38px",
          lineHeight: "46px",
          fontWeight: 700,
          letterSpacing: "6px",
          // The last character's spacing would push the code off its centre.
          paddingLeft: "6px",
          margin: "18px 0",
          color: light.text,
        }}
      >
        {code}
      </Text>
    </Section>
  );
}
