import type { APIResponse } from "@playwright/test";

/** A cookie as an answer sets it, with its attributes in lower case. */
export type SetCookie = { name: string; value: string; attributes: string[] };

/** The cookies that an answer sets. */
export function cookiesSetBy(answer: APIResponse): SetCookie[] {
  return answer
    .headersArray()
    .filter(({ name }) => name.toLowerCase() === "set-cookie")
    .map((header) => {
      const [pair = "", ...attributes] = header.value.split(";").map((part) => part.trim());
      const [name = "", ...value] = pair.split("=");
      return {
        name,
        value: value.join("="),
        attributes: attributes.map((one) => one.toLowerCase()),
      };
    });
}

/** The session that an answer begins; null where it begins none. */
export function sessionBegunBy(answer: APIResponse): string | null {
  const session = cookiesSetBy(answer).find(({ name }) => name.endsWith("portaria.session"));
  return session === undefined || session.value === "" ? null : session.value;
}
