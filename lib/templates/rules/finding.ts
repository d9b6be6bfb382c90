/** Where something was found. */
export type FindingPlace = {
  part: "subject" | "preview" | "text" | "whole";
  /** The piece it is in, counted from 1. */
  piece?: number;
  /** The line of the plain notation, counted from 1. */
  line?: number;
};

/** What may be wrong with a text; each has its sentence in the words of the studio. */
export type FindingKind =
  | "required-missing"
  | "unknown-variable"
  | "variable-of-other-kind"
  /** A panel or a link is named like a value, inside a line. */
  | "not-in-a-line"
  /** Words or a button lead to a variable that is no link. */
  | "not-a-link"
  | "unknown-block"
  | "block-in-block"
  | "unknown-image"
  | "image-without-text"
  | "host-not-allowed"
  | "address-not-https"
  | "link-names-other-host"
  | "look-alike-letters"
  | "hidden-characters"
  | "subject-empty"
  | "subject-too-long"
  | "line-break"
  | "too-many-pieces"
  | "too-many-characters"
  | "too-heavy"
  | "six-digits"
  | "poor-contrast"
  | "empty"
  | "button-without-words"
  | "not-a-document";

/** What the gate says of a text. `refused` cannot be published; `warned` can. */
export type Finding = {
  level: "refused" | "warned";
  kind: FindingKind;
  where: FindingPlace;
  /** What it is about, as it stands there: a variable as `{{code}}`, a host, a number, … */
  what?: string;
};
