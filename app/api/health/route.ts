import { databaseState } from "@/lib/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  const state = await databaseState();
  return state === "ok"
    ? Response.json({ status: "ok" })
    : Response.json({ status: `database ${state}` }, { status: 503 });
}
