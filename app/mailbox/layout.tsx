import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { env } from "@/lib/env/env";

/** The mailbox exists only where mail is kept instead of sent; the server checks who asks before. */
export default function MailboxLayout({ children }: { children: ReactNode }) {
  if (!env().keepsMail) notFound();
  return children;
}
