import { db } from "@/lib/db/client";
import type { LinkPurpose } from "@/lib/secrets/link-token";

/** The row that a link opens, as far as its mail is concerned. */
export type LinkRow = {
  id: string;
  /** Which of the AUTH_SECRETs its token comes from. */
  secretId: string;
  hasEnded: boolean;
  /** Whether it was asked for with an address that has no account, so that it opens nothing. */
  isNobodys: boolean;
};

const key = { id: true, secretId: true } as const;

const links = {
  "password reset": async (id: string) => {
    const select = { ...key, endedAt: true, accountId: true };
    const row = await db.passwordReset.findUnique({ where: { id }, select });
    return row && { ...row, isNobodys: row.accountId === null };
  },
  // Its status can be looked at as long as it is there.
  case: (id: string) => db.recoveryCase.findUnique({ where: { id }, select: key }),
  "staff-invitation": (id: string) =>
    db.staffInvitation.findUnique({ where: { id }, select: { ...key, endedAt: true } }),
  "confirm-address": findAccountLink,
  "confirm-old-email": findAccountLink,
  "confirm-new-email": findAccountLink,
  "object-case": findAccountLink,
  "not-me": findAccountLink,
} satisfies Record<LinkPurpose, (id: string) => Promise<object | null>>;

function findAccountLink(id: string) {
  return db.accountLink.findUnique({ where: { id }, select: { ...key, endedAt: true } });
}

type Found = { id: string; secretId: string; endedAt?: Date | null; isNobodys?: boolean };

/** The row of a link as a mail names it; null where there is none, or of a type of another version. */
export async function findLinkRow(type: string | null, id: string | null): Promise<LinkRow | null> {
  if (type === null || id === null || !Object.hasOwn(links, type)) return null;
  const found: Found | null = await links[type as LinkPurpose](id);
  if (found === null) return null;
  const { secretId, endedAt = null, isNobodys = false } = found;
  return { id: found.id, secretId, hasEnded: endedAt !== null, isNobodys };
}
