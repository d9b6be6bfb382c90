import { databaseAnswers } from "@/lib/health";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return (await databaseAnswers())
    ? Response.json({ status: "ok" })
    : Response.json({ status: "database unreachable" }, { status: 503 });
}
