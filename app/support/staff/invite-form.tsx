import { inviteAction } from "@/app/support/staff/actions";
import { roleWords } from "@/app/support/staff/role-words";
import { inviteForm } from "@/app/support/staff/staff-forms";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Section } from "@/components/section";
import { Select } from "@/components/select";
import { staffRoles } from "@/lib/account/roles";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";
import { staffNumbers } from "@/lib/staff/rules/limits";

/** Invites somebody to the staff. */
export async function InviteForm({ notice }: { notice: Notice | null }) {
  const t = await getTranslations("staff.invite");
  const nameOf = await roleWords();
  const form = await inviteForm(notice);
  return (
    <Section id="invite" title={t("title")}>
      <p className="text-quiet">{t("lead", { hours: staffNumbers.invitationHours })}</p>
      <PostForm action={inviteAction} className="grid max-w-[27rem] gap-5">
        <Field
          {...form.field("email")}
          label={t("email")}
          type="email"
          inputMode="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          defaultValue={form.value("email") ?? ""}
        />
        <Select
          {...form.field("role")}
          label={t("role")}
          defaultValue={form.value("role") ?? "support"}
          options={staffRoles.map((one) => ({ value: one, label: nameOf(one) }))}
        />
        <Field
          {...form.field("reason")}
          label={t("reason")}
          hint={t("reasonHint")}
          autoComplete="off"
          required
          defaultValue={form.value("reason") ?? ""}
        />
        <Button>{t("submit")}</Button>
      </PostForm>
    </Section>
  );
}
