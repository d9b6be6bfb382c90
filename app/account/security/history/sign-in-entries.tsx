import { accountWords } from "@/app/account/account-words";
import { endLines } from "@/app/account/end-lines";
import { mailWayText } from "@/app/mail-way-text";
import { Entries, Entry } from "@/components/entry";
import { Moment } from "@/components/moment";
import type { LiveSession } from "@/lib/account/session-store";
import type { JudgedSignIn } from "@/lib/history/list-sign-ins";
import { getTranslations } from "@/lib/i18n/translations";

type SignInEntriesProps = { session: LiveSession; signIns: JudgedSignIn[] };

/** Judged sign-ins, one below the other. */
export async function SignInEntries({ session, signIns }: SignInEntriesProps) {
  const t = await getTranslations("history");
  const words = await accountWords(session);
  if (signIns.length === 0) return <p>{t("none")}</p>;
  const ends = await Promise.all(
    signIns.map(({ ended }) => endLines("session", ended, words.when)),
  );
  const ways = await Promise.all(signIns.map((one) => Promise.all(one.codeMails.map(wayLine))));
  return (
    <Entries>
      {signIns.map((one, index) => (
        <Entry
          key={one.id}
          id={`sign-in-${one.id}`}
          title={t(`verdict.${one.verdict}`)}
          lines={[
            <Moment key="at" at={one.at}>
              {words.when(one.at)}
            </Moment>,
            `${words.from(one)}, ${words.device(one)}`,
            ...(ways[index] ?? []),
            ...(ends[index] ?? []),
          ]}
        />
      ))}
    </Entries>
  );
}

/** What became of a mail with the code. */
async function wayLine(mail: JudgedSignIn["codeMails"][number]): Promise<string> {
  const t = await getTranslations("history.mail");
  return t("to", { address: mail.recipient, way: await mailWayText(mail) });
}
