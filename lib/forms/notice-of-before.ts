const numbered = /^(.+?)\.?(\d+)$/;

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

/**
 * A notice as the version before sealed it, in the present form: it carried texts in pieces, and the id
 * of a place in its form's name. Both versions run side by side while one is replaced by the other.
 */
export function fromBefore(notice: unknown): unknown {
  if (!isRecord(notice) || notice.kind !== "form-refused" || !isRecord(notice.values))
    return notice;
  const { form, values } = notice;
  const isRename = typeof form === "string" && form.startsWith("rename-");
  return { ...notice, form: isRename ? "rename-place" : form, values: joined(values) };
}
