import { type MailKind, rowOf } from "@/lib/mail/kinds";
import type { PanelName } from "@/lib/mail-document/document";

/**
 * What a text may name. `value` and `link` stand in a line, a link as the address of words or of a
 * button; a panel stands alone.
 */
export type Variable = {
  name: string;
  type: "value" | "link" | "panel";
  /** Whether the mail is none without it: it must stand in its text. */
  isRequired: boolean;
};

const everywhere = [
  ...["name", "account", "ip", "country", "browser", "system", "time", "brand", "support"],
  "mail",
] as const;
const pages = [
  "sign-in-page",
  "forgot-password-page",
  "change-password-page",
  "help-page",
] as const;
const gathering = ["what", "count", "first", "last", "limit"] as const;

/** What staff wrote is the point of these. */
const messageKinds: readonly MailKind[] = [
  ...(["case-question", "case-refused"] as const),
  ...(["factors-case-question", "factors-case-refused"] as const),
];

const ofTemplates = (kind: MailKind, ...names: string[]) => names.includes(rowOf(kind).template);

/** The values that a kind of mail has beside those of every mail. */
function valuesOf(kind: MailKind): string[] {
  const { needs, carries } = rowOf(kind);
  const isOfCase = ofTemplates(kind, "case-for-applicant", "case-for-owner");
  return [
    ...(carries === "code" ? ["code"] : []),
    ...(needs.includes("until") ? ["until", "duration"] : []),
    ...(needs.includes("reference") || isOfCase ? ["reference"] : []),
    ...(needs.includes("more") ? gathering : []),
    ...(kind === "case-received" ? ["cooling"] : []),
    ...(kind === "staff-invited" ? ["staff-hours"] : []),
    // Until when, or that a new password is needed: a sentence.
    ...(kind === "someone-knows-your-password" ? ["wait"] : []),
  ];
}

function panelsOf(kind: MailKind): PanelName[] {
  const { needs, carries } = rowOf(kind);
  return [
    ...(carries === "code" ? (["code"] as const) : []),
    "facts",
    ...(ofTemplates(kind, "case-for-applicant", "case-for-owner") ? (["message"] as const) : []),
    ...(needs.includes("more") ? (["happened"] as const) : []),
  ];
}

function isRequired(kind: MailKind, name: string): boolean {
  const { needs, carries } = rowOf(kind);
  return (
    name === "facts" ||
    name === "code" ||
    (name === "link" && carries !== "code" && carries !== null) ||
    (name === "until" && needs.includes("until")) ||
    (name === "reference" && needs.includes("reference")) ||
    (needs.includes("more") && (name === "what" || name === "happened")) ||
    (name === "message" && messageKinds.includes(kind))
  );
}

/** All that texts of a kind may name, panels first. `code` is a panel and a value. */
export function variablesOf(kind: MailKind): Variable[] {
  const { carries } = rowOf(kind);
  const links = [...(carries === "code" || carries === null ? [] : ["link"]), ...pages];
  const all = [
    ...panelsOf(kind).map((name) => ({ name, type: "panel" as const })),
    ...valuesOf(kind).map((name) => ({ name, type: "value" as const })),
    ...everywhere.map((name) => ({ name, type: "value" as const })),
    ...links.map((name) => ({ name, type: "link" as const })),
  ];
  return all.map((one) => ({ ...one, isRequired: isRequired(kind, one.name) }));
}

/** What a text of a kind must name. */
export const requiredOf = (kind: MailKind): string[] => [
  ...new Set(
    variablesOf(kind)
      .filter((variable) => variable.isRequired)
      .map(({ name }) => name),
  ),
];
