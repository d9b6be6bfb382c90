import { isDeepStrictEqual } from "node:util";
import { db } from "@/lib/db/client";
import { lockSubject } from "@/lib/db/locks";
import { subjects } from "@/lib/db/subjects";
import { type Database, inTransaction } from "@/lib/db/transaction";
import type { TextKey } from "@/lib/mail-document/text-key";
import { afterHours } from "@/lib/moments";
import {
  deleteDraft,
  findAuthors,
  findDraft,
  storeAsked,
  storeDraft,
} from "@/lib/templates/draft-store";
import { storeLook } from "@/lib/templates/look-store";
import { addVersion, findNewest } from "@/lib/templates/store";
import { isSameText, type TypedText } from "@/lib/templates/typed-text";

/** What one of the demo people wrote of a mail. */
export type DemoText = { key: TextKey; typed: TypedText; note: string; hoursAgo: number };

export const demoAuthor = "mila@example.com";
export const demoPublisher = "sofia@example.com";

const lines = (...paragraphs: string[]) => paragraphs.join("\n\n");

/** What is live, in the order in which it was published: the last one is ahead of its Spanish. */
export const demoPublished: readonly DemoText[] = [
  {
    key: { subject: "place-trusted", language: "es" },
    note: "Primero lo que cambia para el cliente: ya no hace falta código.",
    hoursAgo: 12 * 24,
    typed: {
      subjectLine: "Desde este lugar ya no necesita código en {{brand}}",
      previewLine: "Allí basta con su contraseña. Si no fue usted, actúe ahora.",
      text: lines(
        "# Desde allí ya no necesita código",
        "Hola, {{name}}:",
        "Se ha escrito el código correcto, así que {{brand}} confía desde ahora en el lugar que figura abajo. La próxima vez que inicie sesión desde allí, bastará con su contraseña.",
        "**Si fue usted, no tiene que hacer nada.**",
        "## De dónde procede",
        "{{facts}}",
      ),
    },
  },
  {
    key: { subject: "sign-in-code", language: "fr" },
    note: "Un ton plus chaleureux, et pourquoi nous demandons un code : on nous le demande souvent.",
    hoursAgo: 6 * 24,
    typed: {
      subjectLine: "{{code}} est votre code pour {{brand}}",
      previewLine: "Recopiez-le dans la page restée ouverte. Il est valable jusqu’à {{until}}.",
      text: lines(
        "Bonjour {{name}}, voici votre code :",
        "{{code}}",
        "**Il est valable pendant {{duration}}, jusqu’à {{until}}.** Recopiez-le dans la page que vous avez laissée ouverte, et ne le donnez à personne, pas même à nous.",
        "## Pourquoi un code ?",
        "Votre mot de passe vient de servir à une connexion depuis un lieu que nous ne connaissons pas encore. Le code nous montre que c’est bien vous : le mot de passe seul n’ouvre rien.",
        "{{facts}}",
        "Vous pouvez ouvrir cet e-mail sur n’importe quel appareil. Si vous redemandez le code, l’e-mail suivant contiendra le même.",
      ),
    },
  },
  {
    key: { subject: "place-trusted", language: "en" },
    note: "Say what to do about a hotel or a shared computer: support is asked every week.",
    hoursAgo: 2 * 24,
    typed: {
      subjectLine: "You need no code from this place any more at {{brand}}",
      previewLine: "Your password is enough there now. If it was not you, act now.",
      text: lines(
        "# You need no code there any more",
        "Hello {{name}},",
        "The right code was typed, so {{brand}} trusts the place below from now on. The next time you sign in from there, your password is enough.",
        "**If it was you, there is nothing to do.** Was it a hotel, a café or a computer that others use too? Then [sign in]({{sign-in-page}}) and remove the place under “Security”.",
        "## Where it came from",
        "{{facts}}",
      ),
    },
  },
];

/** What waits to be published. */
export const demoWaiting: DemoText = {
  key: { subject: "password-changed", language: "en" },
  note: "Ask first whether it was them, and say in two sentences what to do in either case.",
  hoursAgo: 5,
  typed: {
    subjectLine: "Your {{brand}} password was changed: was it you?",
    previewLine: "If it was, there is nothing to do. If not, act now: this email says how.",
    text: lines(
      "# Your password was changed",
      "Hello {{name}},",
      "Your {{brand}} account has a new password, and the old one no longer works.",
      "**Was it you?** Then there is nothing to do. If your browser offers to save the new password, let it.",
      "**Was it not you?** Then press “That was not me” at the end of this email, now. [Our help pages]({{help-page}}) say how to go on from there.",
      "## Where it came from",
      "{{facts}}",
    ),
  },
};

// Mila looked at the other languages, so that one alone is outdated.
const lookedAt = ["fr", "pt"];

/**
 * Makes the texts that the demo people have written, where nobody has written any: something to look at
 * in the studio. Who of them belongs to somebody else by now has written none.
 */
export async function makeDemoTexts(now: Date): Promise<void> {
  if (await hasTexts(db)) return;
  // The words of all mails are read for it, which no other start has to wait for.
  const { builtInHash, contentOf, storedOf } = await import("@/lib/templates/text-content");
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.texts);
    if (await hasTexts(tx)) return;
    const author = await findDemo(tx, demoAuthor);
    const publisher = await findDemo(tx, demoPublisher);
    if (author === null || publisher === null) return;
    for (const { key, typed, note, hoursAgo } of demoPublished) {
      const content = contentOf(key, typed);
      if (content === null) continue;
      const at = afterHours(now, -hoursAgo);
      const { id: seen } = await addVersion(tx, {
        ...{ key, note, publisher, authors: [author], now: at },
        ...{ document: storedOf(content), builtIn: builtInHash(key) },
        ...{ action: "published", fromId: null },
      });
      if (key.language !== "en") continue;
      for (const language of lookedAt) await storeLook(tx, { ...key, language }, { seen, at });
    }
    const { key, typed, note, hoursAgo } = demoWaiting;
    const saved = { accountId: author, now: afterHours(now, -hoursAgo) };
    await storeDraft(tx, key, { ...typed, note, base: 0n, ...saved });
    await storeAsked(tx, key, saved);
  });
}

async function hasTexts(database: Database): Promise<boolean> {
  const version = await database.templateVersion.findFirst({ select: { id: true } });
  const draft = await database.templateDraft.findFirst({ select: { subject: true } });
  return version !== null || draft !== null;
}

async function findDemo(tx: Database, email: string): Promise<string | null> {
  const found = await tx.account.findFirst({ where: { email, demo: true }, select: { id: true } });
  return found?.id ?? null;
}

/**
 * Ends the texts of the demo people, because mail is real now: what is live as they wrote it goes back to
 * the built-in text, as a version, and their draft goes. What anybody has made of these stays.
 */
export async function endDemoTexts(now: Date): Promise<void> {
  // At each start: one statement where nothing of theirs is left.
  const [left] = await db.$queryRaw<{ isLeft: boolean }[]>`
    SELECT EXISTS (SELECT FROM account a
      JOIN template_part p ON p.account_id = a.id AND p.part = 'wrote'
      JOIN template_version v ON v.id = p.version_id AND v.document IS NOT NULL
      WHERE a.demo AND NOT EXISTS (SELECT FROM template_version newer
        WHERE newer.subject = v.subject AND newer.language = v.language AND newer.id > v.id))
    OR EXISTS (SELECT FROM account a JOIN template_draft d ON d.saved_by_id = a.id WHERE a.demo)
    AS "isLeft"`;
  if (!left?.isLeft) return;
  const { builtInHash, contentOf, storedOf } = await import("@/lib/templates/text-content");
  await inTransaction(async (tx) => {
    await lockSubject(tx, subjects.texts);
    for (const { key, typed } of demoPublished) {
      const content = contentOf(key, typed);
      const newest = await findNewest(tx, key);
      if (content === null || newest?.publisher == null) continue;
      const isTheirs = await areDemo(tx, [newest.publisher, ...newest.authors]);
      if (!isTheirs || !isDeepStrictEqual(newest.document, storedOf(content))) continue;
      await addVersion(tx, {
        ...{ key, document: null, builtIn: builtInHash(key), action: "built-in", fromId: null },
        ...{ note: "", authors: [], publisher: newest.publisher.id, now },
      });
    }
    const draft = await findDraft(tx, demoWaiting.key);
    if (draft === null || !isSameText(draft, demoWaiting.typed)) return;
    const authors = await findAuthors(tx, demoWaiting.key);
    if (await areDemo(tx, authors)) await deleteDraft(tx, demoWaiting.key);
  });
}

async function areDemo(tx: Database, people: { id: string }[]): Promise<boolean> {
  const ids = people.map(({ id }) => id);
  return (await tx.account.count({ where: { id: { in: ids }, demo: false } })) === 0;
}
