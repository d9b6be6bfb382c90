import { expect, test, vi } from "vitest";
import { GET } from "@/app/support/mails/[id]/mail-frame/route";
import { supportRoles } from "@/lib/account/roles";
import type { StaffMember } from "@/lib/account/staff-member";
import { db } from "@/lib/db/client";
import { codeOf } from "@/lib/secrets/code";
import { linkTokenOf, newLinkKey } from "@/lib/secrets/link-token";
import { startSignIn } from "@/lib/testing/callers";
import { testDatabase } from "@/lib/testing/database";
import { makeAccount } from "@/lib/testing/people";
import { makeStaff } from "@/lib/testing/staff";

const visit = vi.hoisted(() => ({ staff: null as unknown, asked: [] as unknown[] }));

vi.mock("@/app/support/viewing-staff", () => ({
  requireViewer: async (...asked: unknown[]) => {
    visit.asked = asked;
    return visit.staff as StaffMember;
  },
}));

testDatabase();

test.each(["desktop-light", "plain-text"])(
  "neither a code nor a token is in the answer, as %s",
  async (show) => {
    visit.staff = await makeStaff("support");
    const { id: accountId } = await makeAccount();
    await startSignIn(accountId);
    const challenge = await db.challenge.findFirstOrThrow({ where: { accountId } });
    const { id } = await db.mail.findFirstOrThrow({ where: { accountId, kind: "sign-in-code" } });
    const notMe = newLinkKey("not-me");
    await db.mail.update({ where: { id }, data: { notMeId: notMe.id } });
    const address = `http://localhost:3000/support/mails/${id}/mail-frame?show=${show}`;
    const answer = await GET(new Request(address), { params: Promise.resolve({ id }) });
    const page = await answer.text();
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page).toContain("••••••");
    expect(page).toContain("/not-me");
    expect(page).not.toContain(codeOf(challenge));
    expect(page).not.toContain(linkTokenOf("not-me", notMe));
    expect(page).not.toContain("token=");
    expect(visit.asked).toEqual([`/support/mails/${id}`, supportRoles]);
  },
);
