import { expect, test } from "vitest";
import { judgeSendCount, type SendCountFacts } from "@/lib/cases/rules/judge-send-count";

const now = new Date("2026-11-22T12:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const judge = (facts: Partial<SendCountFacts>) =>
  judgeSendCount({ now, proof: "password", sent: [], liveWithoutProof: 0, ...facts });

test("D5: the sixth within an hour waits until the first of the five is an hour old", () => {
  expect(judge({ sent: [ago(1), ago(2), ago(3), ago(59)] })).toEqual({ kind: "room" });
  const sent = [ago(1), ago(2), ago(3), ago(4), ago(50)];
  const until = new Date("2026-11-22T12:10:00Z");
  expect(judge({ sent })).toEqual({ kind: "too-many-sent", until });
  expect(judge({ sent, proof: "nothing" })).toEqual({ kind: "too-many-sent", until });
  expect(judge({ sent: [ago(1), ...sent] }).kind).toBe("too-many-sent");
  expect(judge({ sent: [ago(1), ago(2), ago(3), ago(4), ago(60)] })).toEqual({ kind: "room" });
});

test("D4: without proof three at once are enough; they take nothing from who has proven something", () => {
  expect(judge({ proof: "nothing", liveWithoutProof: 2 })).toEqual({ kind: "room" });
  expect(judge({ proof: "nothing", liveWithoutProof: 3 })).toEqual({ kind: "too-many-live" });
  expect(judge({ proof: "password", liveWithoutProof: 9 })).toEqual({ kind: "room" });
  expect(judge({ proof: "session", liveWithoutProof: 9 })).toEqual({ kind: "room" });
});
