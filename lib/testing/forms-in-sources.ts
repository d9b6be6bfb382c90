import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [relative(root, path)];
  });
}

/** The sources of the pages, relative to the project. */
export const appFiles = filesUnder(join(root, "app")).filter((file) => /\.tsx?$/.test(file));

/** A source's text. */
export const sourceOf = (file: string) => readFileSync(join(root, file), "utf8");

/** A form as its page's source writes it. */
export type FormInSource = {
  file: string;
  /** Its action's file without the ending, and the action's name there. */
  action: string;
  /** The names of its fields, hidden ones and buttons with a value among them, sorted. */
  fields: string[];
};

const importsOf = (text: string) =>
  new Map(
    [...text.matchAll(/import \{([^}]*)\} from "@\/([^"]+)"/g)].flatMap(
      ([, names = "", from = ""]) =>
        names.split(",").map((name): [string, string] => [name.trim(), from]),
    ),
  );

/** The text of a function of this file; empty where there is none of that name. */
function functionIn(text: string, name: string): string {
  const start = text.search(new RegExp(`function ${name}\\(`));
  return start < 0 ? "" : text.slice(start, text.indexOf("\n}\n", start));
}

/** The text of a function that a file uses, and that of the file it stands in. */
function bodyOf(text: string, name: string): [body: string, text: string] {
  const own = functionIn(text, name);
  const from = importsOf(text).get(name) ?? "";
  if (own !== "" || !from.startsWith("app/")) return [own, text];
  const file = [`${from}.tsx`, `${from}.ts`].find((one) => existsSync(join(root, one)));
  const source = file === undefined ? "" : sourceOf(file);
  return [functionIn(source, name), source];
}

// What a form's own markup names, and what components of its page bring into it.
function fieldsOf(region: string, text: string): string[] {
  const named = [...region.matchAll(/\sname="([^"]+)"|\.field\("([^"]+)"\)/g)];
  const used = [...region.matchAll(/<([A-Z]\w*)|\bawait ([a-z]\w*)\(|^\s+([a-z]\w*)\(\{/gm)];
  const within = used.flatMap(([, component, awaited, called]) => {
    const name = component ?? awaited ?? called ?? "";
    return name === "ActForm" ? [] : fieldsOf(...bodyOf(text, name));
  });
  return [...new Set([...named.map(([, plain, tied]) => plain ?? tied ?? ""), ...within])].sort();
}

function regionOf(text: string, tag: string, start: number): string {
  const opening = text.slice(start).search(/[^=]>/) + start + 2;
  if (text[opening - 2] === "/") return text.slice(start, opening);
  return text.slice(start, text.indexOf(`</${tag}>`, start));
}

function actionsOf(region: string, text: string): string[] {
  const written = /action=\{([^}]*)\}/.exec(region)?.[1] ?? "";
  const list = /^(\w+)\[/.exec(written)?.[1];
  if (list === undefined) return [written];
  const entries = new RegExp(`${list} = \\{([^}]*)\\}`).exec(text)?.[1] ?? "";
  return [...entries.matchAll(/\w+: (\w+)/g)].map(([, action = ""]) => action);
}

const actForm = "app/support/customers/[id]/act-form.tsx";

function formsIn(file: string): FormInSource[] {
  const text = sourceOf(file);
  return [...text.matchAll(/<(PostForm|ActForm)\b/g)].flatMap(({ 1: tag = "", index }) => {
    const region = regionOf(text, tag, index);
    const around = tag === "ActForm" ? fieldsOf(functionIn(sourceOf(actForm), "ActForm"), "") : [];
    const fields = [...new Set([...fieldsOf(region, text), ...around])].sort();
    return actionsOf(region, text).map((action) => ({
      file,
      action: `${importsOf(text).get(action)}#${action}`,
      fields,
    }));
  });
}

/** Every form that a page sends to an action. The one in ActForm itself is whoever's uses it. */
export const formsInSources = appFiles.filter((file) => file !== actForm).flatMap(formsIn);

/** Every server action. */
export const actionsInSources = appFiles
  .filter((file) => /^["']use server["'];/.test(sourceOf(file)))
  .flatMap((file) =>
    [...sourceOf(file).matchAll(/^export async function (\w+)\(([^)]*)\)/gm)].map(
      ([, name = "", parameters = ""]) => ({
        action: `${file.replace(/\.tsx?$/, "")}#${name}`,
        parameters,
      }),
    ),
  );
