import { parse } from "content-type";
import { ACTION_PREFIX, actionIn } from "@/components/next-internals";
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
 * (components/post-form.tsx). Next hands anything else to the action all the same, which knows forms alone.
 */
function actionIsSound(form: FormData): boolean {
  const names = [...form.keys()].filter((name) => name.startsWith(ACTION_PREFIX));
  return names.every((name) => actionIn(name) !== null);
}

async function multipartIsSound(sent: FormBody): Promise<boolean> {
  // What the reader of Next refuses there would be an error of ours.
  const form = await sent.fields();
  const plain = [...form].every(
    ([name, value]) => !name.includes("\0") && (typeof value !== "string" || !value.includes("\0")),
  );
  return plain && actionIsSound(form);
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
 */
export async function formIsSound(kind: FormKind, sent: FormBody): Promise<boolean> {
  try {
    return kind === "multipart" ? await multipartIsSound(sent) : textIsSound(kind, sent.body);
  } catch {
    return false;
  }
}
