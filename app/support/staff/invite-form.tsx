import { getTranslations } from "next-intl/server";
import { fieldOf } from "@/app/account/refused-form";
import { inviteAction } from "@/app/support/staff/actions";
import { roleWords } from "@/app/support/staff/role-words";
import { inviteForm, inviteFormName } from "@/app/support/staff/staff-forms";
import { Button } from "@/components/button";
import { Field, fieldId } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import type { Notice } from "@/lib/auth/notice";
import { staffRoles } from "@/lib/staff/roles";
import { staffNumbers } from "@/lib/staff/staff-numbers";

/** Invites somebody to the staff. */
export async function InviteForm({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("staff.invite");
  const errorPrefix = (await getTranslations("common"))("errorPrefix");
  const nameOf = await roleWords();
  const form = await inviteForm(notice);
  const idOf = (field: string) => fieldId(fieldOf(inviteFormName, field));
  return (
    <Section id="invite" title={t("title")}>
      <p className="text-quiet">{t("lead", { hours: staffNumbers.invitationHours })}</p>
      <PostForm action={inviteAction} className="grid max-w-[27rem] gap-5">
        <Field
          name="email"
          id={idOf("email")}
          label={t("email")}
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={form.value("email") ?? ""}
          error={form.error("email")}
          errorPrefix={errorPrefix}
        />
        <Select
          name="role"
          id={idOf("role")}
          label={t("role")}
          defaultValue={form.value("role") ?? "support"}
          options={staffRoles.map((one) => ({ value: one, label: nameOf(one) }))}
        />
        <Field
          name="reason"
          id={idOf("reason")}
          label={t("reason")}
          hint={t("reasonHint")}
          autoComplete="off"
          required
          defaultValue={form.value("reason") ?? ""}
          error={form.error("reason")}
          errorPrefix={errorPrefix}
        />
        <Button>{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
