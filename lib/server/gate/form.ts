import { parse } from "content-type";
import { ACTION_PREFIX, actionIn, SCRIPT_ARGUMENTS } from "@/components/next-internals";
import type { FormBody } from "@/lib/log/form-body";
import { isUnder } from "@/lib/server/gate/path-rules";

export type FormKind = "multipart" | "urlencoded" | "json";

/** The kind of form a content type announces; null for one that the path does not take. */
export function formKindOf(contentType: string | undefined, path: string): FormKind | null {
  const { type, parameters } = parse(contentType ?? "");
  switch (type) {
    case "application/x-www-form-urlencoded":
      return "urlencoded";
    case "multipart/form-data":
      return parameters.boundary ? "multipart" : null;
    case "application/json":
      return isUnder(path, "/api/auth") ? "json" : null;
    default:
      return null;
  }
}

/** A content type as Next compares it: the type in lower case, the parameters as sent. */
export function plainContentType(contentType: string): string {
  const { type, index } = parse(contentType, { parameters: false });
  return `${type}${contentType.slice(index)}`;
}

/**
 * Whether what a form asks of a server action is a form: our pages name the action in a field
 * (components/post-form.tsx); Next's script, where one is used, names it in a header and sends one
 * argument, a form. Next hands anything else to the action all the same, which knows forms alone.
 */
function actionIsSound(form: FormData, byScript: boolean): boolean {
  if (!byScript)
    return [...form.keys()].every(
      (name) => !name.startsWith(ACTION_PREFIX) || actionIn(name) !== null,
    );
  const [given, ...more] = form.getAll(SCRIPT_ARGUMENTS.field);
  return more.length === 0 && typeof given === "string" && SCRIPT_ARGUMENTS.ofOneForm.test(given);
}

async function multipartIsSound(sent: FormBody, byScript: boolean): Promise<boolean> {
  // What the reader of Next refuses there would be an error of ours.
  const form = await sent.fields();
  const plain = [...form].every(
    ([name, value]) => !name.includes("\0") && (typeof value !== "string" || !value.includes("\0")),
  );
  return plain && actionIsSound(form, byScript);
}

function textIsSound(kind: "urlencoded" | "json", body: Buffer): boolean {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  if (kind === "urlencoded") return !decodeURIComponent(text).includes("\0");
  const value: unknown = JSON.parse(text);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && !JSON.stringify(value).includes("\\u0000");
}

/**
 * Whether a body is what its content type says, in UTF-8 where it is text, and without NUL, which
 * no field of ours may hold and PostgreSQL does not take.
 *
 * @param byScript whether it names a server action in a header, as scripts do
 */
export async function formIsSound(
  kind: FormKind,
  sent: FormBody,
  byScript = false,
): Promise<boolean> {
  try {
    if (kind === "multipart") return await multipartIsSound(sent, byScript);
    return !byScript && textIsSound(kind, sent.body);
  } catch {
    return false;
  }
}
