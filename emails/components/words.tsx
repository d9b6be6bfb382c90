import type { ReactNode } from "react";
import { Heading, Text } from "react-email";
import { type Place, placed } from "@/emails/place";
import { light } from "@/emails/theme";

const body = { fontSize: "16px", lineHeight: "25px", margin: "0 0 14px", color: light.text };

type WordsProps = { place?: Place; children: ReactNode };

/** A paragraph. */
export function Paragraph({ place, children }: WordsProps) {
  return (
    <Text className="m-text" style={placed(body, place)}>
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

const title = {
  ...body,
  fontSize: "25px",
  lineHeight: "32px",
  fontWeight: 700,
  margin: "0 0 16px",
};

/** The mail's one title. */
export function Title({ place, children }: WordsProps) {
  return (
    <Heading as="h1" className="m-text" style={placed(title, place)}>
      {children}
    </Heading>
  );
}

const ofSection = { ...body, fontSize: "18px", lineHeight: "26px", fontWeight: 700 };

/** A section's title. */
export function SectionTitle({ place, children }: WordsProps) {
  return (
    <Heading as="h2" className="m-text" style={placed({ ...ofSection, margin: "0 0 8px" }, place)}>
      {children}
    </Heading>
  );
}

const ofPart = { ...body, fontSize: "16px", lineHeight: "24px", fontWeight: 700 };

/** The title of a part of a section. */
export function SubTitle({ place, children }: WordsProps) {
  return (
    <Heading as="h3" className="m-text" style={placed({ ...ofPart, margin: "10px 0 6px" }, place)}>
      {children}
    </Heading>
  );
}
