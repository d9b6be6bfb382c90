import { deepHealth } from "@/lib/heartbeat/deep-health";
import { databaseState } from "@/lib/heartbeat/health";

export const dynamic = "force-dynamic";

export async function GET(request: Request): Promise<Response> {
  if (new URL(request.url).searchParams.has("deep")) {
    const health = await deepHealth();
    return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
  }
  const state = await databaseState();
  return state === "ok"
    ? Response.json({ status: "ok" })
    : Response.json({ status: `database ${state}` }, { status: 503 });
}
