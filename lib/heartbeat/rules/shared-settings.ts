/** What the processes of an installation must have in common for mail to arrive as it should, and for that to be known. */
export type SharedSettings = {
  EMAIL_TRANSPORT: string;
  EMAIL_FROM: string;
  APP_URL: string;
  BRAND_NAME: string;
  /** Empty: no canary signs in; missing: of a version that has none. */
  CANARY_EMAIL?: string;
  /** The ids of its secrets, the first being the one that makes new codes; never a secret. */
  AUTH_SECRET: string[];
};

/** A setting that differs, and both values where they are no secrets. */
export type Difference = { name: keyof SharedSettings; there: string | null; here: string | null };

const plain = ["EMAIL_TRANSPORT", "EMAIL_FROM", "APP_URL", "BRAND_NAME", "CANARY_EMAIL"] as const;

/**
 * Which settings of two processes differ. Secrets do where one makes codes or links that the other
 * does not know; a longer list of old ones is no difference.
 */
export function differencesBetween(there: SharedSettings, here: SharedSettings): Difference[] {
  const differing: Difference[] = plain
    .map((name) => ({ name, there: there[name] ?? null, here: here[name] ?? null }))
    .filter(({ there, here }) => there !== null && here !== null && there !== here);
  const knows = (all: string[], first: string | undefined) =>
    first === undefined || all.includes(first);
  const [theirs, ours] = [there.AUTH_SECRET, here.AUTH_SECRET];
  if (!knows(theirs, ours[0]) || !knows(ours, theirs[0])) {
    differing.push({ name: "AUTH_SECRET", there: null, here: null });
  }
  return differing;
}

/** Whether mail cannot reach anybody because of a difference: it stays in a mailbox, or holds no code. */
export function keepsMailBack({ name, there, here }: Difference): boolean {
  if (name === "AUTH_SECRET") return true;
  return name === "EMAIL_TRANSPORT" && [there, here].includes("mailbox");
}
