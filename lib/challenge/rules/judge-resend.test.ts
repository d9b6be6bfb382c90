import { expect, test } from "vitest";
import { judgeResend } from "@/lib/challenge/rules/judge-resend";
import { afterMinutes, afterSeconds } from "@/lib/moments";

const now = new Date("2026-11-22T14:00:00Z");
const expiresAt = afterMinutes(now, 5);
const judge = (mailsSent: number, secondsAgo: number) =>
  judgeResend({ now, expiresAt, mailsSent, lastMailAt: afterSeconds(now, -secondsAgo) });

test("R2 after the first mail and three more the code is not mailed again", () => {
  expect(judge(3, 600)).toEqual({ kind: "send" });
  expect(judge(4, 600)).toEqual({ kind: "too-often", from: expiresAt });
});

test("R3 two mails are 30 seconds apart, the first included", () => {
  expect(judge(1, 29)).toEqual({ kind: "too-early", from: afterSeconds(now, 1) });
  expect(judge(1, 30)).toEqual({ kind: "send" });
});
