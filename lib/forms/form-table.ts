import { createHash } from "node:crypto";
import type { FormEntry } from "@/lib/forms/form-entry";

/** Next's list of the actions of one build (`server-reference-manifest.json`), what we read of it. */
export type ActionManifest = {
  /** By the build's own id. */
  node: Record<
    string,
    { filename: string; exportedName: string; workers: Record<string, unknown> }
  >;
};

/** A form as the present build serves it. */
export type ServedForm = {
  name: string;
  /** The build's own id of its action. */
  actionId: string;
  /** Goes into the page, and comes back with what is sent. */
  id: string;
  /** Of the present version. */
  fields: readonly string[];
  /** Paths at which the build can run its action. */
  paths: readonly RegExp[];
  /** Its own page, such as `/help/[article]`. */
  route: string;
  /** The path of its own page; what stands for a part in brackets is its group. */
  page: RegExp;
  inQuery: readonly string[];
  inPath: string | null;
  isMain: boolean;
};

/** A form by the id that it carries. */
export type KnownForm = {
  /** As it was published. */
  name: string;
  form: ServedForm | null;
  /** Whether its fields are still taken. */
  isTaken: boolean;
  /** Fields that it had no need of and its action now asks for. */
  adds?: Readonly<Record<string, string>>;
};

export type FormTable = {
  forms: readonly ServedForm[];
  /** By the id that comes back. */
  byId: ReadonlyMap<string, KnownForm>;
  /** By the build's own id of the action. */
  byAction: ReadonlyMap<string, ServedForm>;
};

/**
 * What a form carries: the same in every build and on every machine, wherever its files lie. As long
 * as Next's own ids, so that nothing that reads a page can distinguish the two.
 */
export function formId(name: string, version: number): string {
  return createHash("sha256").update(`portaria form ${name}.${version}`).digest("hex").slice(0, 42);
}

function pattern(route: string): RegExp {
  const parts = route.split("/").map((part) => (/^\[.+\]$/.test(part) ? "([^/]+)" : escaped(part)));
  return new RegExp(`^${parts.join("/")}/?$`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The route of a page's file, such as `/help/[article]` of `app/help/[article]/page`. */
function routeOf(worker: string): string {
  const parts = worker.split("/").slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
}

/**
 * Brings together what forms are called and what the present build calls their actions.
 *
 * @throws Error where a form's action is not among those of the build, or not on the form's page
 */
export function makeFormTable(
  registry: Readonly<Record<string, FormEntry>>,
  shapes: Readonly<Record<string, string>>,
  manifest: ActionManifest,
): FormTable {
  const actions = new Map(
    Object.entries(manifest.node).map(([id, { filename, exportedName, workers }]) => [
      `${filename.replace(/\.tsx?$/, "")}#${exportedName}`,
      { id, routes: Object.keys(workers).map(routeOf) },
    ]),
  );
  const forms = Object.entries(registry).map(([name, entry]): ServedForm => {
    const action = actions.get(entry.action);
    if (!action?.routes.includes(entry.page)) {
      throw new Error(`The build has no ${entry.action} at ${entry.page} for the form ${name}.`);
    }
    const version = entry.versions.at(-1) ?? 0;
    return {
      name,
      actionId: action.id,
      id: formId(name, version),
      fields: fieldsOf(shapes[`${name}.${version}`]),
      paths: action.routes.map(pattern),
      route: entry.page,
      page: pattern(entry.page),
      inQuery: entry.inQuery ?? [],
      inPath: entry.inPath ?? null,
      isMain: entry.isMain ?? false,
    };
  });
  const byId = Object.keys(shapes).map((published) => {
    const [name = "", version] = published.split(".");
    const now = Object.entries(registry).find(([, { formerly = {} }]) => name in formerly);
    const present = now?.[0] ?? name;
    const form = forms.find((one) => one.name === present) ?? null;
    const adds = now?.[1].formerly?.[name];
    const isTaken = adds !== undefined || registry[name]?.versions.includes(Number(version));
    const known = { name, form, isTaken: isTaken ?? false, adds };
    return [formId(name, Number(version)), known] as const;
  });
  return {
    forms,
    byId: new Map(byId),
    byAction: new Map(forms.map((form) => [form.actionId, form])),
  };
}

/** The names in a shape. */
export function fieldsOf(shape: string | undefined): readonly string[] {
  return (shape ?? "").split(" ").filter((field) => field !== "");
}
