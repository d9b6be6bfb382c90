import type { TypedInput } from "@/lib/forms/typed-input";

const numbered = /^(.+?)\.?(\d+)$/;

/** The most that a notice carries as a value (lib/forms/notice-schema.ts); longer texts are `returned`. */
const VALUE_CHARACTERS = 320;

const forms = new Map([
  ["lift-block", "block-lifted"],
  ["end-sessions", "sessions-ended-by-support"],
  ["forget-place", "place-forgotten-by-support"],
  ["switch-off", "password-switched-off"],
  ["start-reset", "reset-by-support"],
]);

const answers = new Map([
  ["lifted", { what: "block-lifted", outcome: "lifted" }],
  ["lifted-unknown", { what: "block-lifted", outcome: "lifted-unknown" }],
  ["block-over", { what: "block-lifted", outcome: "block-over" }],
  ["sessions-ended", { what: "sessions-ended-by-support", outcome: "ended" }],
  ["sessions-none", { what: "sessions-ended-by-support", outcome: "none" }],
  ["place-forgotten", { what: "place-forgotten-by-support", outcome: "forgotten" }],
  ["place-gone", { what: "place-forgotten-by-support", outcome: "place-gone" }],
  ["switched-off", { what: "password-switched-off", outcome: "switched-off" }],
  ["already-off", { what: "password-switched-off", outcome: "already-off" }],
  ["reset-sent", { what: "reset-by-support", outcome: "reset-sent" }],
]);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** Long texts in the order of their pieces: `text0`, `text1`; `question.0`, `question.1`. */
function joined(values: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const [, text = name] = numbered.exec(name) ?? [];
    whole[text] = text === name ? value : `${whole[text] ?? ""}${value}`;
  }
  const { reasonRest = "", ...others } = whole;
  return "reason" in others ? { ...others, reason: `${others.reason}${reasonRest}` } : others;
}

function nameOf(form: unknown): unknown {
  if (typeof form !== "string") return form;
  return form.startsWith("rename-") ? "rename-place" : (forms.get(form) ?? form);
}

function refusedBefore(notice: Record<string, unknown>, before: Record<string, unknown>): unknown {
  const values = Object.entries(joined(before));
  const sent = values.filter(
    (one): one is [string, string] =>
      typeof one[1] === "string" && one[1].length > VALUE_CHARACTERS,
  );
  const long = new Set(sent.map(([field]) => field));
  const short = Object.fromEntries(values.filter(([field]) => !long.has(field)));
  const returned: { returned?: TypedInput } = sent.length ? { returned: { form: "", sent } } : {};
  return { ...notice, form: nameOf(notice.form), values: short, ...returned };
}

function doneBefore(notice: Record<string, unknown>, values: Record<string, unknown>): unknown {
  const answer = typeof notice.what === "string" ? answers.get(notice.what) : undefined;
  // Other pages may answer with the same words; a customer's page alone names one.
  if (answer === undefined || typeof values.customer !== "string") return notice;
  const { what, outcome } = answer;
  const network = outcome === "forgotten" ? { network: values.place } : {};
  return { ...notice, what, values: { ...values, ...network, outcome } };
}

/**
 * A notice as the version before sealed it, in the present form: it carried texts in pieces, the id of a
 * place in its form's name, and acts of support by other names. Both versions run side by side while one
 * is replaced by the other.
 */
export function fromBefore(notice: unknown): unknown {
  if (!isRecord(notice) || !isRecord(notice.values)) return notice;
  if (notice.kind === "done") return doneBefore(notice, notice.values);
  return notice.kind === "form-refused" ? refusedBefore(notice, notice.values) : notice;
}
