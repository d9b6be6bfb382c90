import { fieldId } from "@/components/field";
import type { Notice, RefusedNotice } from "@/lib/forms/notice";
import { type ErrorOf, isErrorOf, type RefusedFormName } from "@/lib/forms/refused-forms";
import { getTranslations } from "@/lib/i18n/translations";

/** What a page knows of its form that was not taken: what was typed, and what is wrong with it. */
export type RefusedForm = {
  value(field: string): string | undefined;
  error(field: string): string | undefined;
  /** What ties a field's input to the form, and says what is wrong with it. */
  field(field: string): {
    name: string;
    id: string;
    error: string | undefined;
    errorPrefix: string;
  };
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
 * @param named what the ids of its fields begin with, where the page has the form several times
 */
export async function refusedForm<Form extends RefusedFormName>(
  notice: Notice | null,
  form: Form,
  words: (key: ErrorOf<Form>, values: Record<string, string>) => string,
  named: string = form,
): Promise<RefusedForm> {
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const refused: RefusedNotice | null =
    notice?.kind === "form-refused" && notice.form === form ? notice : null;
  const messages = Object.entries(refused?.errors ?? {}).flatMap(([field, key]) =>
    isErrorOf(form, key) ? [{ field, message: words(key, refused?.values ?? {}) }] : [],
  );
  const error = (field: string) => messages.find((one) => one.field === field)?.message;
  return {
    value: (field) => refused?.values[field],
    error,
    field: (name) => ({ name, id: fieldId(fieldOf(named, name)), error: error(name), errorPrefix }),
    errors: messages.map(({ field, message }) => ({ field: fieldOf(named, field), message })),
    isRefused: refused !== null,
  };
}

/**
 * Whether a page that brings itself up to date stands still: what is being put right in a form of it
 * would be shown only once.
 */
export const standsStill = (notice: Notice | null): boolean =>
  notice?.kind === "form-refused" && (notice.reason === undefined || notice.returned !== undefined);
