import type { ReactNode } from "react";
import { Heading, Text } from "react-email";
import { light } from "@/emails/theme";

const body = { fontSize: "16px", lineHeight: "25px", margin: "0 0 14px", color: light.text };

/** A paragraph. */
export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="m-text" style={body}>
      {children}
    </Text>
  );
}

/** The sentence that matters most of its section. */
export function Strong({ children }: { children: ReactNode }) {
  return (
    <Text className="m-text" style={{ ...body, fontWeight: 600 }}>
      {children}
    </Text>
  );
}

/** What helps but is not needed. */
export function Quiet({ children }: { children: ReactNode }) {
  return (
    <Text className="m-quiet" style={{ ...body, color: light.quiet }}>
      {children}
    </Text>
  );
}

/** The mail's one title. */
export function Title({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h1"
      className="m-text"
      style={{ ...body, fontSize: "25px", lineHeight: "32px", fontWeight: 700, margin: "0 0 16px" }}
    >
      {children}
    </Heading>
  );
}

/** A section's title. */
export function SectionTitle({ children }: { children: ReactNode }) {
  return (
    <Heading
      as="h2"
      className="m-text"
      style={{ ...body, fontSize: "18px", lineHeight: "26px", fontWeight: 700, margin: "0 0 8px" }}
    >
      {children}
    </Heading>
  );
}
