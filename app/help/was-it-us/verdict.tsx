import { Alert } from "@/components/alert";
import { Notice as Status } from "@/components/notice";
import { TextLink } from "@/components/text-link";
import { env } from "@/lib/env/env";
import type { Notice } from "@/lib/forms/notice";
import { momentTags } from "@/lib/i18n/moment-tags";
import { getTranslations } from "@/lib/i18n/translations";
import type { MailVerdict } from "@/lib/was-it-us/judge-mail";

type Kind = Exclude<MailVerdict["kind"], "no-source">;

const words = {
  ours: "ours",
  known: "known",
  "not-comparable": "notComparable",
  changed: "changed",
  "not-ours": "notOurs",
  unknown: "unknown",
} as const satisfies Record<Kind, string>;

const isKind = (kind: string | undefined): kind is Kind =>
  kind !== undefined && Object.hasOwn(words, kind);

/** What is known of the mail that somebody asked about, and what to do where it is not ours. */
export async function Verdict({ notice }: { notice: Notice | null }) {
  if (notice?.kind !== "done" || notice.what !== "was-it-us") return null;
  const { verdict, at, forwarded } = notice.values;
  if (!isKind(verdict)) return null;
  const t = await getTranslations("wasItUs");
  const key = words[verdict];
  const values = {
    ...(at === undefined ? {} : await momentTags(new Date(at))),
    days: env().mailKeptDays,
  };
  const title = t.rich(`${key}.title` as "changed.title", values);
  const text = t.rich(`${key}.text` as "changed.text", values as never);
  if (verdict === "ours" || verdict === "known") {
    return (
      <Status>
        <strong>{title}</strong>
        <p>{text}</p>
        {forwarded === undefined ? null : <p>{t("ours.forwarded")}</p>}
      </Status>
    );
  }
  return (
    <>
      <Alert title={title} answers>
        <p>{text}</p>
      </Alert>
      <WhatToDo />
    </>
  );
}

async function WhatToDo() {
  const t = await getTranslations("wasItUs.now");
  const { email } = env().support;
  return (
    <>
      <h2>{t("title")}</h2>
      <ol>
        <li>{t("links")}</li>
        <li>{t("signIn", { address: env().appUrl })}</li>
        <li>
          {t.rich("password", {
            password: (words) => <TextLink href="/account/password">{words}</TextLink>,
          })}
        </li>
        {email === undefined ? null : (
          <li>
            {t.rich("forward", {
              address: email,
              email: (words) => <TextLink href={`mailto:${email}`}>{words}</TextLink>,
            })}
          </li>
        )}
      </ol>
    </>
  );
}
