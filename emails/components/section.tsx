import type { ReactNode } from "react";
import { Section as Block } from "react-email";
import { SectionTitle } from "@/emails/components/words";
import { light } from "@/emails/theme";

/** A part of the mail under its own title, if it has one, set off by a line. */
export function Section({ title, children }: { title?: ReactNode; children: ReactNode }) {
  return (
    <Block
      className="m-line"
      style={{ borderTop: `1px solid ${light.border}`, paddingTop: "22px", marginTop: "24px" }}
    >
      {title === undefined ? null : <SectionTitle>{title}</SectionTitle>}
      {children}
    </Block>
  );
}
