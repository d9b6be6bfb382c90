import type { FormHTMLAttributes } from "react";

type PostFormProps = Omit<FormHTMLAttributes<HTMLFormElement>, "action" | "method" | "encType"> & {
  /** A server action. */
  action: (form: FormData) => Promise<void>;
};

/**
 * A form that the browser itself posts to a server action, also where scripts run. On a bad line the
 * browser then keeps what was typed and offers to try again, where a script's request would be lost.
 */
export function PostForm({ action, children, ...form }: PostFormProps) {
  // What React writes for a page without scripts (react-server-dom, decodeAction reads it back).
  const { $$id } = action as unknown as { $$id?: string };
  if ($$id === undefined) throw new Error("A PostForm needs a server action.");
  // To the page's own path without its fragment, which would go along with every redirect from here:
  // an error's link, once followed, would let each page after it open at that field.
  return (
    <form {...form} action="?" method="post" encType="multipart/form-data" noValidate>
      <input type="hidden" name={`$ACTION_ID_${$$id}`} />
      {/* By it the gate tells a form that is filled in anew from one that is sent twice. */}
      <input type="hidden" name="loaded" value={Date.now()} />
      {children}
    </form>
  );
}
