import { changeRoleAction } from "@/app/support/staff/actions";
import { roleWords } from "@/app/support/staff/role-words";
import { roleForm } from "@/app/support/staff/staff-forms";
import { Button } from "@/components/button";
import { Disclosure } from "@/components/disclosure";
import { entryWords } from "@/components/entry";
import { Field } from "@/components/field";
import { PostForm } from "@/components/post-form";
import { Select } from "@/components/select";
import { staffRoles } from "@/lib/account/roles";
import type { Notice } from "@/lib/forms/notice";
import { getTranslations } from "@/lib/i18n/translations";

type RoleFormProps = {
  member: { id: string; name: string; role: string };
  notice: Notice | null;
};

/** Gives a member of the staff another role, or none. */
export async function RoleForm({ member, notice }: RoleFormProps) {
  const { id, name, role } = member;
  const t = await getTranslations("staff.members");
  const nameOf = await roleWords();
  const form = await roleForm(notice, id);
  return (
    <Disclosure
      summary={t("open", { name })}
      open={form.isRefused}
      describedBy={entryWords(`member-${id}`)}
    >
      <PostForm action={changeRoleAction} className="grid gap-5">
        <input type="hidden" name="id" value={id} />
        <Select
          {...form.field("role")}
          label={t("role")}
          defaultValue={form.value("role") ?? role}
          options={[
            ...staffRoles.map((one) => ({ value: one, label: nameOf(one) })),
            { value: "customer", label: t("noLonger") },
          ]}
        />
        <Field
          {...form.field("reason")}
          label={t("reason")}
          hint={t("reasonHint")}
          autoComplete="off"
          required
          defaultValue={form.value("reason") ?? ""}
        />
        <p className="text-quiet text-sm">{t("effect")}</p>
        <div>
          <Button kind="inline" aria-describedby={entryWords(`member-${id}`)}>
            {t("submit")}
          </Button>
        </div>
      </PostForm>
    </Disclosure>
  );
}
