import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { refusalPage } from "@/lib/server/gate/refusal";
import type { RefusalStatus } from "@/lib/server/gate/refusal-words";
import { securityHeaders } from "@/lib/server/gate/security-headers";
import type { GateSettings } from "@/lib/server/gate/settings";

/** A whole answer as bytes on the wire, for connections whose request could not be read. */
export function rawAnswer(status: RefusalStatus, settings: GateSettings): string {
  const reader = { accept: undefined, acceptLanguage: undefined, chosenLanguage: undefined };
  const page = refusalPage(status, reader);
  const headers = {
    ...securityHeaders({
      appUrl: settings.appUrl,
      logoUrl: settings.logoUrl,
      host: null,
      dev: settings.dev,
      showsMail: false,
      isMailFrame: false,
    }),
    "X-Request-Id": randomUUID(),
    "Cache-Control": "no-store",
    ...(status === 405 ? { Allow: "GET, HEAD, POST" } : {}),
    "Content-Type": page.contentType,
    "Content-Length": String(Buffer.byteLength(page.body)),
    Date: new Date().toUTCString(),
    Connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", page.body].join("\r\n");
}
