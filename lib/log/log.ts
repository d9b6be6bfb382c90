import pino from "pino";
import { currentRequest } from "@/lib/log/request-context";
import { terminalLine } from "@/lib/log/terminal-line";

const hidden = "[hidden]";

// Names of fields, compared without case, dashes and underscores, at any depth.
const secretNames = new Set(
  [
    "code codes password currentPassword newPassword passwordHash token csrfToken ticket secret",
    "authSecret authSecrets cookie cookies setCookie authorization proxyAuthorization headers body",
    "formData apiKey resendApiKey databaseUrl smtpUrl connectionString sessionToken recoveryCode",
  ]
    .join(" ")
    .split(" ")
    .map((name) => name.toLowerCase()),
);

function isSecretName(name: string): boolean {
  return secretNames.has(name.replaceAll(/[-_.]/g, "").toLowerCase());
}

// A password in the address of a database or mail server, as drivers like to quote it.
function withoutCredentials(text: string): string {
  return text.replaceAll(/:\/\/[^\s/@]*@/g, `://${hidden}@`);
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === "string") return withoutCredentials(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return describeError(value, depth);
  if (value instanceof Date) return value;
  if (depth > 5) return "[deep]";
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSecretName(name) ? hidden : withoutSecrets(field, depth + 1),
    ]),
  );
}

/**
 * What of an error may stand in a log. Clients hang requests, rows and settings on their errors, so
 * nothing but name, message, code, stack and cause is kept; Prisma's messages begin with the values
 * of the query that failed, so only their last line is.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const lines = error.message.split("\n").filter((line) => line.trim() !== "");
  const message = error.name.startsWith("PrismaClient") ? lines.at(-1) : lines.join("\n");
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: withoutCredentials(message ?? ""),
    stack: (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at ")),
    ...(typeof code === "string" && Number.isNaN(Number(code)) ? { errorCode: code } : {}),
    ...(error.cause === undefined || depth > 3
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

// Written at once, in the order of what else is printed there.
const toTerminal = {
  write(line: string): void {
    const shown = terminalLine(line);
    if (shown !== null) process.stdout.write(shown);
  },
};

/**
 * The log of this process, JSON lines on standard output (at a terminal, sentences: see
 * `terminal-line.ts`), each with the id of the request it was
 * written for. Fields that hold codes, passwords, cookies, tokens or keys are blanked by name; do
 * not put such a thing into a message.
 */
export const log = pino(
  {
    base: undefined,
    mixin() {
      const requestId = currentRequest()?.requestId;
      return requestId === undefined ? {} : { requestId };
    },
    // Errors are described below; pino's own serializer would add what hangs on them.
    serializers: { err: (described) => described },
    formatters: {
      level: (level) => ({ level }),
      log: (fields) => withoutSecrets(fields, 0) as Record<string, unknown>,
    },
    timestamp: pino.stdTimeFunctions.isoTime,
  },
  process.stdout.isTTY ? toTerminal : pino.destination(1),
);

// pino does not ask the formatters about the fields of a child.
const makeChild = log.child;
log.child = function child(this: typeof log, fields: object, options?: object) {
  return makeChild.call(this, withoutSecrets(fields, 0) as object, options);
} as typeof log.child;
