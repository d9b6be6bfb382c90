import type { NextRequest } from "next/server";
import { handlers } from "@/lib/auth/next-auth";

/** Redirects stay on the host that was asked, whichever name it was reached by. */
function withRelativeLocation(response: Response): Response {
  const location = response.headers.get("location");
  if (location === null || location.startsWith("/")) return response;
  const { pathname, search } = new URL(location);
  const headers = new Headers(response.headers);
  headers.set("location", `${pathname}${search}`);
  return new Response(null, { status: response.status, headers });
}

export async function GET(request: NextRequest): Promise<Response> {
  return withRelativeLocation(await handlers.GET(request));
}

export async function POST(request: NextRequest): Promise<Response> {
  return withRelativeLocation(await handlers.POST(request));
}
