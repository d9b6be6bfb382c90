import { ACTION_PREFIX } from "@/components/next-internals";
import { mayBeKept } from "@/lib/forms/kept-fields";
import { textsOf } from "@/lib/log/form-body";
import { crowdedWords } from "@/lib/server/gate/crowded-words";
import { passwordFieldOf } from "@/lib/server/gate/password-fields";
import { barePage, languageOf, type Reader, type RefusalPage } from "@/lib/server/gate/refusal";

/** A form that was not looked at. */
export type UnjudgedForm = {
  /** Decoded. */
  path: string;
  /** Path and query, as it was sent. */
  target: string;
  /** null: of no page. */
  fields: FormData | null;
};

const html = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

// Where a password is a new one under the name of a present one.
const makesAccount = ["/signup", "/staff-invitation"];

// What says which form it is, and from which page it was sent (components/post-form.tsx).
const namesForm = (field: string) => field.startsWith(ACTION_PREFIX) || field === "loaded";

/**
 * What somebody gets whose password cannot be looked at now: the same form once more, with what was typed
 * but for what is secret. It is made of what was sent alone, for under such a load nothing else may be
 * asked.
 *
 * @returns HTML for a client that accepts HTML and whose form is a page's, else the words as plain text
 */
export function crowdedPage({ path, target, fields }: UnjudgedForm, reader: Reader): RefusalPage {
  const locale = languageOf(reader);
  const words = crowdedWords[locale];
  if (!reader.accept?.includes("text/html") || fields === null) {
    const body = `${words.title}. ${words.text} ${words.noForm}\n`;
    return { contentType: "text/plain; charset=utf-8", body };
  }
  const labelled = (name: keyof typeof words.fields, attributes: string) =>
    `<label>${words.fields[name]}<input name="${name}" ${attributes}></label>`;
  const purpose = (name: string) =>
    name === "newPassword" || makesAccount.includes(path) ? "new-password" : "current-password";
  const inputs = textsOf(fields).map(([name, value]) => {
    const password = passwordFieldOf(name);
    if (password !== undefined) {
      return labelled(password, `type="password" autocomplete="${purpose(password)}" required`);
    }
    if (name === "email") {
      return labelled(name, `type="email" autocomplete="username" value="${html(value)}" required`);
    }
    if (name === "name") {
      return labelled(name, `autocomplete="name" value="${html(value)}" required`);
    }
    if (!mayBeKept(name) && !namesForm(name)) return "";
    return `<input type="hidden" name="${html(name)}" value="${html(value)}">`;
  });
  const main = [
    `<h1>${words.title}</h1><div role="alert"><p>${words.text}</p><p>${words.form}</p></div>`,
    `<form method="post" action="${html(target)}" enctype="multipart/form-data">`,
    ...inputs,
    `<button>${words.send}</button></form>`,
  ].join("\n");
  return { contentType: "text/html; charset=utf-8", body: barePage(locale, words.title, main) };
}
