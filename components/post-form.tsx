import { type FormHTMLAttributes, isValidElement, type ReactNode } from "react";
import { fillIn, hiddenFields } from "@/components/fill-in";
import { formDesk, type Typed } from "@/components/form-desk";
import { actionField, idOfAction } from "@/components/next-internals";

type Action = (form: FormData) => Promise<void>;

type PostFormProps = Omit<FormHTMLAttributes<HTMLFormElement>, "action" | "method" | "encType"> & {
  /** A server action. */
  action: Action;
  /** Path of the page whose form it is; left out: the page it stands on. */
  at?: string;
};

/**
 * A form that the browser itself posts to a server action, also where scripts run. On a bad line the
 * browser then keeps what was typed and offers to try again, where a script's request would be lost.
 * One that came back unsent holds again what was typed.
 */
export function PostForm({ action, at = "", children, ...form }: PostFormProps) {
  const id = idOfAction(action);
  const typed = typedInto(action, children);
  // To the page's own path without its fragment, which would go along with every redirect from here:
  // an error's link, once followed, would let each page after it open at that field.
  return (
    <form {...form} action={`${at}?`} method="post" encType="multipart/form-data" noValidate>
      <input type="hidden" name={actionField(formDesk()?.idOf(id) ?? id)} />
      {/* By it the gate knows a form that is filled in anew from one sent twice. */}
      <input type="hidden" name="loaded" value={Date.now()} />
      {typed === null ? children : fillIn(children, typed)}
    </form>
  );
}

function typedInto(action: Action, children: ReactNode): Typed | null {
  return formDesk()?.typedInto(idOfAction(action), hiddenFields(children)) ?? null;
}

/** Whether a form with this action came back unsent, where its page has one of them. */
export const cameBack = (action: Action): boolean => typedInto(action, null) !== null;

/** Whether a form that came back unsent stands in here as an element. */
export function holdsTyped(node: ReactNode): boolean {
  if (Array.isArray(node)) return node.some(holdsTyped);
  if (!isValidElement<PostFormProps>(node)) return false;
  const { action, children } = node.props;
  if (node.type === PostForm) return typedInto(action, children) !== null;
  return holdsTyped(children);
}
