import type { FormDesk } from "@/components/form-desk";
import type { FormTable } from "@/lib/forms/form-table";
import { currentRequest } from "@/lib/log/request-context";

// Hidden fields that say which of several things on a page a form is about.
const distinguishing = ["id", "act", "target", "customer"];

/** Gives the forms of a build's pages their ids, and what was typed where one came back. */
export function formDesk(table: FormTable): FormDesk {
  const formOf = (actionId: string) => {
    const form = table.byAction.get(actionId);
    if (form === undefined) throw new Error("This form has no line in lib/forms/registry.ts.");
    return form;
  };
  return {
    idOf: (actionId) => formOf(actionId).id,
    typedInto(actionId, hidden) {
      const request = currentRequest();
      const stale = request?.staleForm ?? request?.returnedForm;
      if (!stale?.forms.includes(formOf(actionId).name)) return null;
      const typed = new Map<string, string[]>();
      for (const [field, value] of stale.sent) {
        typed.set(field, [...(typed.get(field) ?? []), value]);
      }
      const isAnother = distinguishing.some((field) => {
        const [sent] = typed.get(field) ?? [];
        return sent !== undefined && hidden.has(field) && hidden.get(field) !== sent;
      });
      return isAnother ? null : typed;
    },
    answersRefused,
  };
}

/** Whether the page being shown says that a form was not taken, or came back unsent. */
export function answersRefused(): boolean {
  return isFormStale() || currentRequest()?.answersRefused === true;
}

/** Whether the page being shown is the answer to a form that came back unsent. */
export function isFormStale(): boolean {
  return currentRequest()?.staleForm !== undefined;
}

/** Whether the page being shown should hold again what was typed into a form of it, and cannot. */
export function isInputGone(): boolean {
  return currentRequest()?.inputGone === true;
}
