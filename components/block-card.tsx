import type { ReactNode } from "react";
import { Alert } from "@/components/alert";

type BlockCardProps = {
  /** What is blocked, and until when as a `Moment`. */
  title: ReactNode;
  /** What happened and why. */
  reason: ReactNode;
  next: { title: string; steps: readonly ReactNode[] };
  /** What support needs to hear. */
  support?: ReactNode;
  /** The id of that, which distinguishes one block from another. */
  supportId?: string;
};

/** Says that something is blocked: what, until when, why, and each thing that helps. */
export function BlockCard({ title, reason, next, support, supportId }: BlockCardProps) {
  return (
    <Alert title={title}>
      <div className="grid gap-2">{reason}</div>
      <p className="mt-1 font-semibold">{next.title}</p>
      <ul className="grid list-disc gap-1.5 pl-5">
        {next.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps never change their order
          <li key={index}>{step}</li>
        ))}
      </ul>
      {support ? (
        <p id={supportId} className="mt-1">
          {support}
        </p>
      ) : null}
    </Alert>
  );
}
