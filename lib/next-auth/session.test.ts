import { beforeEach, expect, test, vi } from "vitest";
import type { LiveSession } from "@/lib/account/session-store";
import { currentRequest, type RequestContext, runForRequest } from "@/lib/log/request-context";
import { requireCustomer, requireStaff } from "@/lib/next-auth/session";

const found = vi.hoisted(() => ({ session: null as unknown }));
vi.mock("@/lib/next-auth/session-cookie", () => ({ currentSession: async () => found.session }));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`leads to ${to}`);
  },
  notFound: () => {
    throw new Error("is not found");
  },
}));

const at = new Date();

function sessionOf(of: {
  role?: string;
  mustEnrol?: boolean;
  codeProvenAt?: Date | null;
  factorProvenAt?: Date | null;
  isCanary?: boolean;
}) {
  const { role = "support", mustEnrol = false, codeProvenAt = at, factorProvenAt = at } = of;
  const account = { role, mustEnrol, isCanary: of.isCanary ?? false };
  found.session = { codeProvenAt, factorProvenAt, account } as LiveSession;
}

const endOf = async (step: () => Promise<unknown>) => {
  try {
    await step();
    return "opens";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
};
const asStaff = () => endOf(() => requireStaff("/support", ["support", "admin"]));
const asCustomer = () => endOf(() => requireCustomer("/account"));
const toTwoStep = "leads to /account/security/two-step";

beforeEach(() => {
  found.session = null;
});

test("whoever is not signed in is led to where one signs in", async () => {
  expect(await asStaff()).toBe("leads to /login?callbackUrl=%2Fsupport");
  expect(await asCustomer()).toBe("leads to /login?callbackUrl=%2Faccount");
});

test("a page of the staff asks for the role, a code or more at the sign-in, and a factor", async () => {
  sessionOf({});
  expect(await asStaff()).toBe("opens");
  sessionOf({ role: "marketing" });
  expect(await asStaff()).toBe("is not found");
  sessionOf({ codeProvenAt: null });
  expect(await asStaff()).toBe("is not found");
  sessionOf({ factorProvenAt: null });
  expect(await asStaff()).toBe("is not found");
});

test("staff without a factor are led to where they get one; nobody else learns of the page", async () => {
  sessionOf({ mustEnrol: true, factorProvenAt: null });
  expect(await asStaff()).toBe(toTwoStep);
  sessionOf({ role: "customer", mustEnrol: true, factorProvenAt: null });
  expect(await asStaff()).toBe("is not found");
});

test("where the gate could not see it, the app leads there; where it could, it has decided", async () => {
  sessionOf({ mustEnrol: true });
  expect(await asCustomer()).toBe("opens");
  const context = { enrolUnjudged: true } as RequestContext;
  await runForRequest(context, async () => {
    expect(currentRequest()?.enrolUnjudged).toBe(true);
    expect(await asCustomer()).toBe(toTwoStep);
    sessionOf({ mustEnrol: false });
    expect(await asCustomer()).toBe("opens");
  });
});

test("the canary opens its account's page and no other, whatever its role", async () => {
  sessionOf({ role: "customer", isCanary: true });
  expect(await asCustomer()).toBe("opens");
  const pages = ["/account/contact", "/account/security", "/account/security/history", "/account/"];
  for (const path of pages) {
    expect(await endOf(() => requireCustomer(path))).toBe("is not found");
  }
  sessionOf({ role: "admin", isCanary: true });
  expect(await asStaff()).toBe("is not found");
  sessionOf({ role: "customer" });
  for (const path of pages) expect(await endOf(() => requireCustomer(path))).toBe("opens");
});
