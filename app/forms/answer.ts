import { redirect } from "next/navigation";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";

/** Why a form was not taken. */
export type Refusal = {
  /** Which form of the page. */
  form: string;
  /** What was typed, to be shown again; never a password. */
  values?: Record<string, string>;
  /** By field: a message's key. */
  errors?: Record<string, string>;
  /** Where no field is at fault: a message's key. */
  reason?: string;
  until?: Date;
  reference?: string;
};

/** Goes back to a page that says why its form was not taken. */
export async function refuse(path: string, refusal: Refusal): Promise<never> {
  const { form, values = {}, errors = {}, reason, until, reference } = refusal;
  // A cookie holds 4 KiB: rather a shortened name than an answer that gets lost.
  const isLong = Buffer.byteLength(Object.values(values).join("")) > 1_500;
  const most = isLong ? 80 : 320;
  const shown = Object.entries(values).map(([name, value]) => [name, value.slice(0, most)]);
  await leaveNotice({
    kind: "form-refused",
    form,
    values: Object.fromEntries(shown),
    errors,
    reason,
    until: until?.toISOString(),
    reference,
  });
  return redirect(path);
}

/** Goes to a page that says what was done. */
export async function answerDone(
  path: string,
  what: string,
  values: Record<string, string> = {},
): Promise<never> {
  await leaveNotice({ kind: "done", what, values });
  return redirect(path);
}

/** Runs a step; with the database away, says so on the page, where nothing was changed. */
export async function orUnavailable<T>(path: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    await leaveNotice({ kind: "unavailable" });
    return redirect(path);
  }
}
