import { lengthOf } from "@/lib/forms/rules/length-of";
import { cleanText } from "@/lib/help/rules/clean-text";
import { hideContacts } from "@/lib/help/rules/hide-contacts";
import type { TypedText } from "@/lib/help/rules/judge-text";

// A line break that a form sends is two characters, and an emoji counts twice.
const unitsOf = (characters: number) => 4 * characters;

/**
 * A text out of a form, as it is judged and as it may be stored. What is too long is only counted.
 *
 * @param typed by anybody
 * @param most characters it can have
 */
export function readText(typed: string, most: number): TypedText {
  if (typed.length > unitsOf(most)) return { cleaned: typed, shown: "" };
  const cleaned = cleanText(typed);
  return { cleaned, shown: lengthOf(cleaned) > most ? "" : hideContacts(cleaned) };
}
