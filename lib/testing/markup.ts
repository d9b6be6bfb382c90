/** What a page holds, read from its markup: without a browser, for a look at every page. */

const textOf = (markup: string) =>
  markup
    .replace(/<(\w+)[^>]*aria-hidden="true"[^>]*>.*?<\/\1>/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

function textWithId(markup: string, id: string): string {
  const start = markup.indexOf(` id="${id}"`);
  if (start === -1) return "";
  const tag = /^<(\w+)/.exec(markup.slice(markup.lastIndexOf("<", start)))?.[1] ?? "";
  const rest = markup.slice(markup.indexOf(">", start) + 1);
  let depth = 1;
  for (const part of rest.matchAll(new RegExp(`<(/?)${tag}\\b`, "g"))) {
    depth += part[1] === "/" ? -1 : 1;
    if (depth === 0) return textOf(rest.slice(0, part.index));
  }
  return "";
}

/** The buttons of a page that share both name and description with another one, by their names. */
export function alikeButtons(markup: string): string[] {
  // What a script takes out of a template is not on the page before.
  const shown = markup.replace(/<template\b.*?<\/template>/gs, "");
  const buttons = [...shown.matchAll(/<(button|summary)\b([^>]*)>(.*?)<\/\1>/gs)].map(
    ([, , attributes = "", content = ""]) => {
      const ids = /aria-describedby="([^"]*)"/.exec(attributes)?.[1]?.split(" ") ?? [];
      const label = /aria-label="([^"]*)"/.exec(attributes)?.[1];
      return {
        name: label ?? textOf(content),
        description: ids.map((id) => textWithId(markup, id)).join(),
      };
    },
  );
  return buttons
    .filter((one, index) =>
      buttons.some(
        ({ name, description }, other) =>
          other !== index && name === one.name && description === one.description,
      ),
    )
    .map(({ name, description }) => `${name} (${description})`);
}

/** The forms of a page that ask for a password and do not say to password managers whose. */
export function formsOfNobody(markup: string): string[] {
  return [...markup.matchAll(/<form\b.*?<\/form>/gs)]
    .map(([form]) => form)
    .filter((form) => /autocomplete="(new|current)-password"/i.test(form))
    .filter((form) => !/autocomplete="username( webauthn)?"/i.test(form))
    .map(textOf);
}
