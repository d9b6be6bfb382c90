import { redirect } from "next/navigation";
import { isDatabaseDown } from "@/lib/db/database-down";
import { keepBeside, keepOthers, leaveNotice, leaveReturning } from "@/lib/forms/notice";
import type { ErrorOf, ReasonOf, RefusedFormName } from "@/lib/forms/refused-forms";

/** Why a form was not taken. What was typed into it comes back by itself. */
export type Refusal<Form extends RefusedFormName = RefusedFormName> = {
  /** Which form of the page. */
  form: Form;
  /** What the form is about where the page has several of a kind, and what its words name. */
  values?: Record<string, string>;
  /** By field. */
  errors?: { [field: string]: ErrorOf<Form> | undefined };
  /** Where no field is at fault. */
  reason?: ReasonOf<Form>;
  until?: Date;
  reference?: string;
};

const isSaid = (entry: [string, ErrorOf | undefined]): entry is [string, ErrorOf] =>
  entry[1] !== undefined;

/** Goes back to a page that says why its form was not taken, with what was typed still in it. */
export async function refuse<Form extends RefusedFormName>(
  path: string,
  refusal: Refusal<Form>,
): Promise<never> {
  const { form, values = {}, errors = {}, reason, until, reference } = refusal;
  const address = await leaveReturning(path, {
    kind: "form-refused",
    form,
    // Ids and the like; a hostile one must not cost the answer, which holds none that long.
    values: Object.fromEntries(Object.entries(values).filter(([, text]) => text.length <= 320)),
    errors: Object.fromEntries(Object.entries<ErrorOf | undefined>(errors).filter(isSaid)),
    reason,
    until: until?.toISOString(),
    reference,
  });
  return redirect(address);
}

/** Goes to a page that says what was done. */
export async function answerDone(
  path: string,
  what: string,
  values: Record<string, string> = {},
): Promise<never> {
  await leaveNotice({ kind: "done", what, values });
  return redirect(await keepOthers(path));
}

/** The same, where other fields of the form may stand half filled: they come back as they were typed. */
export async function answerDoneBeside(
  path: string,
  what: string,
  values: Record<string, string> = {},
): Promise<never> {
  await leaveNotice({ kind: "done", what, values });
  return redirect(await keepBeside(path));
}

/** Runs a step; with the database away, says so on the page, where nothing was changed. */
export function orUnavailable<T>(path: string, step: () => Promise<T>): Promise<T> {
  return orBack(step, () => leaveReturning(path, { kind: "unavailable" }));
}

/** The same for a form whose page has words of its own for it. */
export function orRefused<T, Form extends RefusedFormName>(
  path: string,
  refusal: Refusal<Form> & { reason: ReasonOf<Form> },
  step: () => Promise<T>,
): Promise<T> {
  return orBack(step, () => refuse(path, refusal));
}

async function orBack<T>(step: () => Promise<T>, leave: () => Promise<string>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return redirect(await leave());
  }
}
