import { Button, Link, Text } from "react-email";
import { type Place, placed } from "@/emails/place";
import { type Accent, light } from "@/emails/theme";

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

/** `outlined`: what is there if need be, beside something that matters more. */
export type ButtonLook = "filled" | "outlined";

type WayButtonProps = {
  href: string;
  label: string;
  brand: Accent;
  look?: ButtonLook;
  place?: Place;
};

/** The one thing to do next, as a button. */
export function WayButton({ href, label, brand, look = "filled", place }: WayButtonProps) {
  const filled = {
    backgroundColor: brand.accent,
    color: brand.onAccent,
    fontWeight: 600,
    padding: "13px 22px",
  };
  const outlined = {
    border: `1px solid ${light.quiet}`,
    color: light.text,
    fontWeight: 400,
    padding: "12px 21px",
  };
  return (
    <Text style={placed({ margin: "4px 0 18px" }, place)}>
      <Button
        href={href}
        className={look === "filled" ? "m-button" : "m-outlined"}
        style={{
          borderRadius: "8px",
          fontSize: "16px",
          ...(look === "filled" ? filled : outlined),
        }}
      >
        {label}
      </Button>
    </Text>
  );
}
