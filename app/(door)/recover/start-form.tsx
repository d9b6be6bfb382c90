import { startAction } from "@/app/(door)/recover/actions";
import { recoverForm } from "@/app/(door)/recover/recover-forms";
import { LapsedNotice, RecoverNotice } from "@/app/(door)/recover/recover-notice";
import { Contacts } from "@/app/contacts";
import { PAGE_FORM } from "@/app/forms/form-beside-switch";
import { fieldOf } from "@/app/forms/refused-form";
import { Bullets } from "@/components/bullets";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Radio } from "@/components/checkbox";
import { Facts } from "@/components/facts";
import { Field, fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { TextLink } from "@/components/text-link";
import { coolingHours } from "@/lib/cases/cooling-hours";
import type { Lost } from "@/lib/cases/request/draft-page";
import type { Applicant } from "@/lib/cases/request/find-applicant";
import { caseNumbers } from "@/lib/cases/rules/limits";
import type { Notice } from "@/lib/forms/notice";
import { durationText } from "@/lib/i18n/duration-text";
import { getLocale, getTranslations } from "@/lib/i18n/translations";

type StartFormProps = {
  applicant: Applicant;
  /** What is chosen at first. */
  lost: Lost;
  /** Whether another account was asked for than the one that is known here. */
  forOther: boolean;
  /** When a draft of this browser had ended without being sent; null: none has. */
  lapsedAt: Date | null;
  notice: Notice | null;
};

const lostThings = ["mailbox", "second-factor"] as const satisfies readonly Lost[];

/** Says what a request needs and leads to, and begins one. */
export async function StartForm(props: StartFormProps) {
  const { applicant, lost, forOther, lapsedAt, notice } = props;
  const t = await getTranslations("recover.start");
  const title = (await getTranslations("recover"))("title");
  const isKnown = applicant.proof !== "nothing";
  return (
    <Card title={title} lead={t("lead")} below={<Below isKnown={isKnown} lost={lost} />}>
      <RecoverNotice
        notice={notice}
        forms={["recover-start"]}
        done={["discarded"]}
        timeZone={isKnown ? applicant.timeZone : null}
      />
      {lapsedAt === null || isAnswered(notice) ? null : (
        <LapsedNotice at={lapsedAt} timeZone={isKnown ? applicant.timeZone : null} />
      )}
      <Section title={t("need.title")}>
        <Bullets
          items={[t("need.address"), t("need.story"), t(isKnown ? "need.documents" : "need.proof")]}
        />
      </Section>
      <Then isKnown={isKnown} />
      <p>{t("draft", { hours: caseNumbers.draftHours })}</p>
      <PostForm id={PAGE_FORM} action={startAction} className="grid gap-5">
        {await whatIsLost(lost)}
        {isKnown ? (
          <Facts facts={[{ label: t("account"), value: applicant.shown }]} />
        ) : (
          await whichAccount(forOther, notice)
        )}
        <Button>{t("submit")}</Button>
      </PostForm>
    </Card>
  );
}

/** Whether the notice says already what became of a draft. */
const isAnswered = (notice: Notice | null) =>
  notice?.kind === "form-refused" && notice.form === "recover-start";

async function Then({ isKnown }: { isKnown: boolean }) {
  const t = await getTranslations("recover.start.takes");
  const locale = await getLocale();
  const { usual, short } = coolingHours();
  const text = (hours: number) => durationText(hours * 3600, locale);
  const shortened = t("short", { days: caseNumbers.trustedDays, duration: text(short) });
  return (
    <Section title={t("title")}>
      <Bullets
        items={[
          t("told"),
          t("review"),
          t("cooling", { duration: text(usual) }),
          ...(isKnown && short < usual ? [shortened] : []),
        ]}
      />
    </Section>
  );
}

// They stand in their form as elements, which fills them in again (components/fill-in.tsx).
async function whatIsLost(chosen: Lost) {
  const t = await getTranslations("recover.start.lost");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-2 font-semibold">{t("title")}</legend>
      {lostThings.map((lost) => (
        <Radio
          key={lost}
          name="lost"
          value={lost}
          label={t(lost)}
          hint={t(`${lost}Hint`)}
          defaultChecked={lost === chosen}
        />
      ))}
      <p className="text-quiet text-sm">{t("both")}</p>
    </fieldset>
  );
}

async function whichAccount(forOther: boolean, notice: Notice | null) {
  const t = await getTranslations("recover.start");
  const form = await recoverForm(notice, "recover-start");
  return (
    <>
      <p>{t("nothing")}</p>
      {forOther ? <input type="hidden" name="for" value="other" /> : null}
      <Field
        name="email"
        id={fieldId(fieldOf("recover-start", "email"))}
        label={t("email")}
        hint={t("emailHint")}
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        defaultValue={form.value("email")}
        error={form.error("email")}
        errorPrefix={(await getTranslations("common"))("errorPrefix")}
      />
    </>
  );
}

async function Below({ isKnown, lost }: { isKnown: boolean; lost: Lost }) {
  const t = await getTranslations("recover.start");
  const query = lost === "mailbox" ? "" : `&lost=${lost}`;
  return (
    <>
      <p>
        {isKnown ? (
          <TextLink href={`/recover?for=other${query}`}>{t("other")}</TextLink>
        ) : (
          <TextLink href="/login?callbackUrl=/recover">{t("signIn")}</TextLink>
        )}
      </p>
      <p>
        <TextLink href="/recover/status">{t("sent")}</TextLink>
      </p>
      <Contacts />
    </>
  );
}
