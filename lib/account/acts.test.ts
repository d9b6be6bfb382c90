import { expect, test } from "vitest";
import { activityKinds } from "@/lib/account/activity-kinds";
import { actNames, actsRecordedBefore, isMailedAct } from "@/lib/account/acts";
import { auditActionOf, auditActions } from "@/lib/audit/audit-actions";
import { loadMessages } from "@/lib/i18n/load-messages";
import { locales } from "@/lib/i18n/locales";
import { mailKinds } from "@/lib/mail/kinds";

test.each(actNames)(
  "%s has this one name from its mail to the audit log, and words for each",
  async (act) => {
    expect(mailKinds.some((kind) => kind === act)).toBe(isMailedAct(act));
    expect(activityKinds).toContain(act);
    expect(auditActions).toContain(act);
    expect(auditActionOf(act)).toBe(act);
    for (const locale of locales) {
      const { acts, activity, audit } = await loadMessages(locale);
      expect(activity.kind[act]).toBe(acts[act].activity);
      expect(audit.action[act]).toBe(acts[act].audit);
    }
  },
);

test("a name of before is that of one act, and of nothing that is recorded now", () => {
  const before = [...actsRecordedBefore.keys()];
  expect(new Set(actsRecordedBefore.values()).size).toBe(before.length);
  expect(auditActions.filter((action) => before.includes(action))).toEqual([]);
  expect(before.length).toBeGreaterThan(0);
});
