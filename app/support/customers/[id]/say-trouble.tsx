import type { ReactNode } from "react";
import { mailWayText } from "@/app/mail-way-text";
import type { CustomerPart } from "@/app/support/customers/[id]/customer-part";
import { Reference } from "@/components/reference";
import { ipText } from "@/lib/client/ip-text";
import { env } from "@/lib/env/env";
import { subjectOf } from "@/lib/history/shown-mail";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getLocale, getTranslations } from "@/lib/i18n/translations";
import type { CustomerPage } from "@/lib/support/customer-page";

/** Something of a customer that is wrong or waits. */
export type Trouble = CustomerPage["troubles"][number];

type TroubleOf<Kind extends Trouble["kind"]> = Extract<Trouble, { kind: Kind }>;

/** What a trouble is called, what is known of it, and whether somebody is kept out by it. */
type Said = { title: ReactNode; lines: ReactNode[]; isBad: boolean };

type How = Pick<CustomerPart, "words" | "timeZone">;

/** The id of a trouble's entry. */
export function troubleId(trouble: Trouble): string {
  switch (trouble.kind) {
    case "blocked":
    case "confirming-blocked":
      return `block-${trouble.block.reference}`;
    case "call-back":
      return `call-back-${trouble.noted.id}`;
    case "case":
      return `case-${trouble.found.id}`;
    case "mail-refused":
    case "mail-late":
      return `mail-${trouble.mail.id}`;
    case "address-marked":
      return `mark-${trouble.mark.which}`;
    case "wrong-codes":
      return `wrong-codes-${(trouble.ip ?? "unknown").replace(/\W/g, "-")}`;
    default:
      return trouble.kind;
  }
}

/** Says what is wrong or waits, in the viewer's words. */
export async function sayTrouble(trouble: Trouble, how: How): Promise<Said> {
  const t = await getTranslations("support.customer.now");
  const { when } = how.words;
  switch (trouble.kind) {
    case "blocked":
      return sayBlock(trouble, how);
    case "confirming-blocked": {
      const blocks = await getTranslations("support.customer.blocks");
      const common = await getTranslations("common");
      const { until, ip, reference } = trouble.block;
      const tags = await momentTags(until, how);
      const from = ipText(ip, common("networkUnknown"));
      const title = blocks.rich("widening", { ...tags, ip: from, reference });
      return { title, lines: [blocks("wideningHint")], isBad: false };
    }
    case "password-off": {
      const off = await getTranslations("support.customer.who.passwordOff");
      const lines = [off(trouble.because, { date: when(trouble.since) })];
      return { title: t("passwordOff"), lines, isBad: true };
    }
    case "call-back":
      return sayCallBack(trouble, how);
    case "pending":
      return sayPending(trouble, how);
    case "case": {
      const states = await getTranslations("supportCases.state");
      const { reference, state, sentAt } = trouble.found;
      const sent = (await getTranslations("support.customer.cases"))("sent", {
        date: when(sentAt),
      });
      const title = t.rich("case", { reference, ref: (chunk) => <Reference>{chunk}</Reference> });
      return { title, lines: [states(state), sent], isBad: false };
    }
    case "codes-used-up": {
      const { codes, until } = trouble;
      if (until === null) {
        return { title: t("mustChange"), lines: [t("mustChangeWhy", { codes })], isBad: true };
      }
      const title = t.rich("codesUsedUp", await momentTags(until, how));
      return { title, lines: [t("codesUsedUpWhy", { codes })], isBad: true };
    }
    case "wrong-passwords": {
      const { count, until } = trouble;
      const title = t("wrongPasswords", { count });
      if (until === null) return { title, lines: [t("wrongPasswordsYet")], isBad: false };
      const tags = await momentTags(until, how);
      return { title, lines: [t.rich("wrongPasswordsWait", tags)], isBad: true };
    }
    case "address-marked":
      return sayMark(trouble, how);
    case "mail-refused":
    case "mail-late":
      return sayMail(trouble, how);
    case "wrong-codes": {
      const { ip, wrong, lastAt } = trouble;
      const from = how.words.from({ ip, countryCode: null });
      const title = t("wrongCodes", { count: wrong, from });
      const numbers = { date: when(lastAt), attempts: env().codeMaxAttempts };
      return { title, lines: [t("wrongCodesLast", numbers)], isBad: false };
    }
    case "factors-end": {
      const title = t("factorsEnd", { date: when(trouble.at) });
      return { title, lines: [t("factorsEndWhy")], isBad: false };
    }
    case "closing":
      return { title: t("closing", { date: when(trouble.at) }), lines: [], isBad: false };
  }
}

async function sayBlock({ block }: TroubleOf<"blocked" | "confirming-blocked">, how: How) {
  const t = await getTranslations("support.customer.now");
  const { ip, until, because, reference } = block;
  const tags = await momentTags(until, how);
  const from = how.words.from({ ip, countryCode: null });
  return {
    title: t.rich("blocked", { ...tags, from }),
    lines: [t.rich(`blockedBecause.${because}`, { ...tags, reference })],
    isBad: true,
  };
}

async function sayCallBack({ noted }: TroubleOf<"call-back">, { words }: How): Promise<Said> {
  const t = await getTranslations("acts.confirm-call-back");
  const { by, isOwn, at, until, ...from } = noted;
  const lines = [
    `${words.from(from)}, ${words.device(from)}`,
    t("at", { date: words.when(at) }),
    t(isOwn ? "waits" : "who", { date: words.when(until) }),
  ];
  return { title: t("noted", { name: by }), lines, isBad: false };
}

async function sayPending({ signIns }: TroubleOf<"pending">, { words }: How): Promise<Said> {
  const now = await getTranslations("support.customer.now");
  const t = await getTranslations("support.customer.pending");
  const lines = signIns.map(({ id, maskedReference, since, until, passUntil, ...from }) => (
    <span key={id} className="grid">
      <span className="text-text">{`${words.from(from)}, ${words.device(from)}`}</span>
      <span>
        {maskedReference === null
          ? t("noReference")
          : t("reference", { reference: maskedReference })}
      </span>
      <span>{t("since", { date: words.when(since) })}</span>
      <span>
        {passUntil === null
          ? t(from.asks === "factor" ? "untilFactor" : "until", { date: words.when(until) })
          : t(from.passBecause === "let-in" ? "letIn" : "pass", { date: words.when(passUntil) })}
      </span>
    </span>
  ));
  return { title: now("pending", { count: signIns.length }), lines, isBad: false };
}

async function sayMark({ mark }: TroubleOf<"address-marked">, { words }: How): Promise<Said> {
  const t = await getTranslations("support.customer.marks");
  const { email, because, status, words: said, markedAt, triedAt } = mark;
  const lines = [
    t(because, { date: words.when(markedAt) }),
    ...(said === null && status === null
      ? []
      : [t("said", { words: [status, said].filter((one) => one !== null).join(" ") })]),
    triedAt === null ? t("notTried") : t("tried", { date: words.when(triedAt) }),
  ];
  return { title: t("title", { address: email }), lines, isBad: true };
}

async function sayMail(
  { kind, mail }: TroubleOf<"mail-refused" | "mail-late">,
  { words }: How,
): Promise<Said> {
  const now = await getTranslations("support.customer.now");
  const t = await getTranslations("support.customer.mails");
  const { at, recipient, attempts, nextTryAt, lastError } = mail;
  const isRefused = kind === "mail-refused";
  const lines = [
    `${subjectOf(mail, await getLocale())}, ${words.when(at)}`,
    ...(isRefused
      ? [await mailWayText(mail)]
      : [t("tries", { attempts }), t("queued", { date: words.when(nextTryAt) })]),
    ...(lastError === null ? [] : [t("error", { error: lastError })]),
  ];
  const title = now(isRefused ? "mailRefused" : "mailLate", { recipient });
  return { title, lines, isBad: isRefused };
}
