import { Button, Link, Text } from "react-email";
import type { Accent } from "@/emails/theme";

/** A way to act as a line of text. The plain text has the label, and the address on the next line. */
export function WayLink({ href, label, brand }: { href: string; label: string; brand: Accent }) {
  return (
    <Text style={{ fontSize: "16px", lineHeight: "24px", margin: "0 0 14px" }}>
      <Link
        href={href}
        className="m-link"
        style={{ color: brand.accent, textDecoration: "underline", textUnderlineOffset: "3px" }}
      >
        {label}
      </Link>
    </Text>
  );
}

/** The one thing to do next, as a button. */
export function WayButton({ href, label, brand }: { href: string; label: string; brand: Accent }) {
  return (
    <Text style={{ margin: "4px 0 18px" }}>
      <Button
        href={href}
        className="m-button"
        style={{
          backgroundColor: brand.accent,
          color: brand.onAccent,
          borderRadius: "8px",
          fontSize: "16px",
          fontWeight: 600,
          padding: "13px 22px",
        }}
      >
        {label}
      </Button>
    </Text>
  );
}
