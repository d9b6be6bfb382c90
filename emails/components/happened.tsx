import { FactsTable } from "@/emails/components/facts-table";
import { Paragraph } from "@/emails/components/words";
import type { Fact } from "@/emails/mail-view";

/** What happened each time, and that there was more, if there was. */
export function Happened({ happened, cut }: { happened: Fact[]; cut: string | null }) {
  return (
    <>
      <FactsTable facts={happened} />
      {cut === null ? null : <Paragraph>{cut}</Paragraph>}
    </>
  );
}
