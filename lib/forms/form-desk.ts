import type { FormDesk, Typed } from "@/components/form-desk";
import type { FormTable } from "@/lib/forms/form-table";
import { currentRequest, type StaleForm } from "@/lib/log/request-context";

// Hidden fields that say which of several things on a page a form is about.
const distinguishing = ["id", "act", "target", "customer"];

/** The forms that come back with the page being shown. */
function formsBack(): readonly StaleForm[] {
  const { staleForm, returnedForm, returnedBeside = [] } = currentRequest() ?? {};
  if (staleForm !== undefined) return [staleForm];
  return returnedForm === undefined ? [] : [returnedForm, ...returnedBeside];
}

function valuesOf({ sent }: StaleForm): Map<string, string[]> {
  const typed = new Map<string, string[]>();
  for (const [field, value] of sent) typed.set(field, [...(typed.get(field) ?? []), value]);
  return typed;
}

const isOfAnother = (typed: Typed, hidden: ReadonlyMap<string, string>) =>
  distinguishing.some((field) => {
    const [sent] = typed.get(field) ?? [];
    return sent !== undefined && hidden.has(field) && hidden.get(field) !== sent;
  });

/** Gives the forms of a build's pages their ids, and what was typed where one came back. */
export function formDesk(table: FormTable): FormDesk {
  const formOf = (actionId: string) => {
    const form = table.byAction.get(actionId);
    if (form === undefined) throw new Error("This form has no line in lib/forms/registry.ts.");
    return form;
  };
  return {
    idOf: (actionId) => formOf(actionId).id,
    nameOf: (id) => table.byId.get(id)?.form?.name ?? null,
    typedInto(actionId, hidden) {
      const { name } = formOf(actionId);
      const back = formsBack().filter(({ forms }) => forms.includes(name));
      return back.map(valuesOf).find((typed) => !isOfAnother(typed, hidden)) ?? null;
    },
    answersRefused,
    freshId,
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

function freshId(): string {
  const request = currentRequest();
  if (request === undefined) return crypto.randomUUID();
  request.ids = (request.ids ?? 0) + 1;
  return `id-${request.ids}`;
}
