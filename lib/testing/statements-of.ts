import { onStatement } from "@/lib/db/connections/statement-listeners";

/** Does some work, and says what statements it sent, BEGIN and COMMIT among them, as PostgreSQL got them. */
export async function statementsOf<T>(
  work: () => Promise<T>,
): Promise<{ result: T; sent: string[] }> {
  const sent: string[] = [];
  const end = onStatement((text) => sent.push(text.replace(/\s+/g, " ").trim()));
  try {
    return { result: await work(), sent };
  } finally {
    end();
  }
}
