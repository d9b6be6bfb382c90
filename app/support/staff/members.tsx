import { accountWords } from "@/app/account/account-words";
import { RoleForm } from "@/app/support/staff/role-form";
import { roleWords } from "@/app/support/staff/role-words";
import { Entries, Entry } from "@/components/entry";
import { Section } from "@/components/section";
import type { LiveSession } from "@/lib/account/session-store";
import type { Notice } from "@/lib/forms/notice";
import { HISTORY_DAYS } from "@/lib/history/rules/limits";
import { getTranslations } from "@/lib/i18n/translations";
import type { StaffPage } from "@/lib/staff/list-staff";

type MembersProps = { session: LiveSession; page: StaffPage; notice: Notice | null };

/** Everybody who works here, and as what. */
export async function Members({ session, page, notice }: MembersProps) {
  const t = await getTranslations("staff.members");
  const words = await accountWords(session);
  const nameOf = await roleWords();
  return (
    <Section id="staff" title={t("title")}>
      <Entries>
        {page.members.map(({ id, name, email, role, since, lastSignInAt, isOneself }) => (
          <Entry
            key={id}
            id={`member-${id}`}
            title={name}
            badges={[nameOf(role), ...(isOneself ? [t("you")] : [])]}
            lines={[
              email,
              t("since", { date: words.when(since) }),
              lastSignInAt === null
                ? t("noSignIn", { days: HISTORY_DAYS })
                : t("lastSignIn", { date: words.when(lastSignInAt) }),
              ...(isOneself ? [t("oneself")] : []),
            ]}
          >
            {isOneself ? null : <RoleForm member={{ id, name, role }} notice={notice} />}
          </Entry>
        ))}
      </Entries>
    </Section>
  );
}
