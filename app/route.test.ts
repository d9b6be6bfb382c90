import { expect, test, vi } from "vitest";
import { GET } from "@/app/route";

const asked = vi.hoisted(() => ({ session: null as { account: { role: string } } | null }));

vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`leads to ${to}`);
  },
  notFound: () => {
    throw new Error("is not found");
  },
}));
vi.mock("@/lib/next-auth/session", async (load) => ({
  ...(await load<typeof import("@/lib/next-auth/session")>()),
  sessionAround: async () => asked.session,
}));

test.each([
  [null, "/login?callbackUrl=%2F"],
  ["customer", "/account"],
  ["marketing", "/templates"],
  ["support", "/support"],
  ["admin", "/support"],
  ["a role of another version", "/account"],
])("the site's front door leads %s to %s", async (role, to) => {
  asked.session = role === null ? null : { account: { role } };
  await expect(GET()).rejects.toThrow(new Error(`leads to ${to}`));
});
