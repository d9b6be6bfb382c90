import type { Finding, FindingKind, FindingPlace } from "@/lib/templates/rules/finding";

const SHOWN_CHARACTERS = 80;

const shortened = (what: string) => {
  const characters = [...what.slice(0, 2 * SHOWN_CHARACTERS)];
  if (characters.length <= SHOWN_CHARACTERS) return what;
  return `${characters.slice(0, SHOWN_CHARACTERS).join("")}…`;
};

const finding = (
  level: Finding["level"],
  kind: FindingKind,
  spot: FindingPlace,
  what?: string,
): Finding => ({
  ...{ level, kind, where: spot },
  ...(what !== undefined && { what: shortened(what) }),
});

/** What cannot be published. */
export const refused = (kind: FindingKind, spot: FindingPlace, what?: string): Finding =>
  finding("refused", kind, spot, what);

/** What can be, and what whoever publishes it is shown. */
export const warned = (kind: FindingKind, spot: FindingPlace, what?: string): Finding =>
  finding("warned", kind, spot, what);

export const inBraces = (name: string) => `{{${name}}}`;
