import { typedPassword } from "@/lib/password/rules/typed-password";

let known: Promise<Set<string>> | undefined;

async function load(): Promise<Set<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"] as string[]);
}

/** Whether a password stands on a list of the fifty thousand most common ones, in whatever case. */
export async function isCommonPassword(password: string): Promise<boolean> {
  known ??= load();
  return (await known).has(typedPassword(password).toLowerCase());
}
