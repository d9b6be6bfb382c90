import type { Role, StaffRole } from "@/lib/account/roles";
import { disconnectDatabase } from "@/lib/db/client";
import { env } from "@/lib/env/env";
import { dayAndClockText } from "@/lib/i18n/clock-text";
import { log } from "@/lib/log/log";
import { OperatorError, printFault } from "@/lib/machine/operator-error.mjs";
import { changeRoleOfAddress } from "@/lib/staff/change-role";
import { inviteStaff } from "@/lib/staff/invite-staff";
import { listStaff } from "@/lib/staff/list-staff";
import { resetFactors } from "@/lib/staff/reset-factors";
import { reportableFault } from "@/lib/start/database-fault";
import { plainLog } from "@/lib/start/database-for-start";
import { findDatabase } from "@/lib/start/find-database";
import { reachDatabase } from "@/lib/start/reach-database";
import { readStaffArguments, type StaffCommand } from "@/lib/start/staff-arguments";
import { migrate } from "@/prisma/migrate";

/**
 * Does what `npm run staff` is asked to, on `DATABASE_URL` or on the embedded database that `npm start`
 * runs in the same `DATA_DIR`, and says it in one sentence. What fails is reported on standard
 * error, and the process then ends with 1.
 */
export async function runStaffCommand(words: string[]): Promise<void> {
  // Standard output is for the answer.
  log.level = "error";
  try {
    const command = readStaffArguments(words);
    const databaseUrl = findDatabase("npm run staff");
    await reachDatabase(databaseUrl);
    await migrate(databaseUrl, { log: plainLog });
    process.stdout.write(`${await carryOut(command)}\n`);
  } catch (error) {
    printFault(reportableFault(error));
    process.exitCode = 1;
  } finally {
    await disconnectDatabase();
  }
}

function carryOut(command: StaffCommand): Promise<string> {
  switch (command.kind) {
    case "invite":
      return invite(command.email, command.role);
    case "role":
      return setRole(command.email, command.role);
    case "reset-factors":
      return takeFactorsAway(command.email);
    case "list":
      return list();
  }
}

const when = (at: Date) => dayAndClockText(at, { locale: "en", timeZone: env().timeZone });

async function invite(email: string, role: StaffRole): Promise<string> {
  const outcome = await inviteStaff(null, { email, role, reason: "" });
  switch (outcome.kind) {
    case "invited":
      return `An invitation as ${role} goes to ${email} by mail, which the running server sends, and works until ${when(outcome.until)}.`;
    case "already-staff":
      throw new OperatorError(
        `${email} belongs to the staff already, as ${outcome.role}: change that with npm run staff -- role --email ${email} --role ${role}.`,
      );
    case "invalid":
    case "too-often":
    case "signed-out":
      throw new Error(`An invitation by the command was ${outcome.kind}.`);
  }
}

async function setRole(email: string, role: Role): Promise<string> {
  const outcome = await changeRoleOfAddress(email, role);
  switch (outcome.kind) {
    case "changed":
      return `${email} is ${role} now and ${outcome.before} no longer, and every session of that account has ended.`;
    case "unchanged":
      return `${email} is ${role} already, and nothing was changed.`;
    case "last-admin":
      throw new OperatorError(
        `${email} is the last admin and stays one: invite another one first.`,
      );
    case "not-staff":
      throw new OperatorError(
        `${email} does not belong to the staff: invite that address with npm run staff -- invite.`,
      );
    case "unknown":
      throw new OperatorError(`No account has the address ${email}.`);
    case "invalid":
    case "oneself":
    case "signed-out":
      throw new Error(`A change of role by the command was ${outcome.kind}.`);
  }
}

async function takeFactorsAway(email: string): Promise<string> {
  const outcome = await resetFactors(email);
  switch (outcome.kind) {
    case "reset":
      return `${email} has no authenticator app, passkey or recovery code any more, is signed out everywhere, and sets up new ones at the next sign-in; a mail about it goes to that address and to every admin.`;
    case "none":
      throw new OperatorError(
        `${email} has no second factor, and nothing was changed: it is set up at the next sign-in.`,
      );
    case "not-staff":
      throw new OperatorError(
        `${email} is a customer, not one of the staff: lost factors of customers are a case for support, at /recover.`,
      );
    case "unknown":
      throw new OperatorError(`No account has the address ${email}.`);
  }
}

async function list(): Promise<string> {
  const members = await listStaff();
  if (members.length === 0) {
    return "Nobody belongs to the staff yet: invite the first with npm run staff -- invite.";
  }
  const widest = Math.max(...members.map(({ email }) => email.length));
  return members
    .map(({ email, role, since }) => `${email.padEnd(widest)}  ${role.padEnd(9)}  ${when(since)}`)
    .join("\n");
}
