import type { Notice } from "@/lib/auth/notice";

type Refused = Extract<Notice, { kind: "form-refused" }>;

/** What a page knows of its form that was not taken: what was typed, and what is wrong with it. */
export type RefusedForm = {
  value(field: string): string | undefined;
  error(field: string): string | undefined;
  /** For the page's summary; each leads to its field. */
  errors: { field: string; message: string }[];
  isRefused: boolean;
};

/** The id of a form's field where a page has several forms. */
export const fieldOf = (form: string, field: string) => `${form}-${field}`;

/**
 * Reads the answer to one form of a page.
 *
 * @param words makes an error's message of its key
 */
export function refusedForm(
  notice: Notice | null,
  form: string,
  words: (key: string, values: Record<string, string>) => string,
): RefusedForm {
  const refused: Refused | null =
    notice?.kind === "form-refused" && notice.form === form ? notice : null;
  const messages = Object.entries(refused?.errors ?? {}).map(([field, key]) => ({
    field,
    message: words(key, refused?.values ?? {}),
  }));
  return {
    value: (field) => refused?.values[field],
    error: (field) => messages.find((one) => one.field === field)?.message,
    errors: messages.map(({ field, message }) => ({ field: fieldOf(form, field), message })),
    isRefused: refused !== null,
  };
}
