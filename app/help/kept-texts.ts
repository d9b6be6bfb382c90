import { redirect } from "next/navigation";
import type { Refusal } from "@/app/forms/answer";
import { isDatabaseDown } from "@/lib/db/database-down";
import { leaveNotice } from "@/lib/forms/notice";

/** Why a form with long texts was not taken. */
export type TextRefusal = Omit<Refusal, "values"> & {
  /** Short ones, such as which article. */
  values: Record<string, string>;
  /** What was typed, the dearest first. */
  texts: Record<string, string>;
};

// A notice is a cookie of 4 KiB at most, and its values have 320 units each: a text is cut into pieces.
const PIECE_CHARACTERS = 150;
const BYTES_KEPT = 2_000;

// As the cookie holds it: a line break, for one, takes two bytes there.
const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;

function beginning(text: string, bytes: number): string {
  let kept = "";
  let left = bytes;
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    kept += character;
  }
  return kept;
}

function piecesOf(name: string, text: string): [string, string][] {
  const characters = [...text];
  const count = Math.ceil(characters.length / PIECE_CHARACTERS);
  return Array.from({ length: count }, (_, index) => [
    `${name}.${index}`,
    characters.slice(index * PIECE_CHARACTERS, (index + 1) * PIECE_CHARACTERS).join(""),
  ]);
}

/** A text out of a notice that `refuseTexts` left; undefined where it holds none. */
export function textOf(values: Record<string, string> | undefined, name: string) {
  if (values === undefined || !Object.hasOwn(values, `${name}.0`)) return undefined;
  const pieces: string[] = [];
  for (let index = 0; Object.hasOwn(values, `${name}.${index}`); index += 1) {
    pieces.push(values[`${name}.${index}`] ?? "");
  }
  return pieces.join("");
}

/** Goes back to a page that says why its form was not taken, with what was typed still in it. */
export async function refuseTexts(path: string, refusal: TextRefusal): Promise<never> {
  const { form, texts, errors = {}, reason, until } = refusal;
  let bytes = BYTES_KEPT;
  const values: Record<string, string> = { ...refusal.values };
  for (const [name, text] of Object.entries(texts)) {
    const kept = beginning(text.replace(/\r\n?/g, "\n"), bytes);
    bytes -= bytesOf(kept);
    Object.assign(values, Object.fromEntries(piecesOf(name, kept)));
  }
  await leaveNotice({
    kind: "form-refused",
    form,
    values,
    errors,
    reason,
    until: until?.toISOString(),
  });
  return redirect(path);
}

/** Runs a step; with the database away, goes back to the page, which says so and keeps the texts. */
export async function orKeepTexts<T>(
  path: string,
  refusal: TextRefusal,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!isDatabaseDown(error)) throw error;
    return refuseTexts(path, { ...refusal, reason: "unavailable" });
  }
}
