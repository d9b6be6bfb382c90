import type { NextRequest } from "next/server";
import { currentRequest } from "@/lib/log/request-context";
import { handlers } from "@/lib/next-auth/next-auth";

/** Redirects stay on the host that was asked, whichever name it was reached by. */
function withRelativeLocation(response: Response): Response {
  const location = response.headers.get("location");
  if (location === null || location.startsWith("/")) return response;
  const { pathname, search } = new URL(location);
  const headers = new Headers(response.headers);
  headers.set("location", `${pathname}${search}`);
  return new Response(null, { status: response.status, headers });
}

/** What went wrong under NextAuth is an error, and takes no cookie away: the session may well live. */
function withFailure(response: Response): Response {
  const failed = currentRequest()?.failed !== undefined;
  return failed ? new Response(null, { status: 500 }) : withRelativeLocation(response);
}

export async function GET(request: NextRequest): Promise<Response> {
  return withFailure(await handlers.GET(request));
}

export async function POST(request: NextRequest): Promise<Response> {
  return withFailure(await handlers.POST(request));
}
