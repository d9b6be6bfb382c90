import type { ReactNode } from "react";

type ArticleProps = { title: string; lead?: string; children: ReactNode };

/** A long text to read, on its own sheet. */
export function Article({ title, lead, children }: ArticleProps) {
  return (
    <article className="article mx-auto w-full max-w-[44rem] rounded-2xl border border-line bg-card px-5 py-7 shadow-card sm:px-12 sm:py-12">
      <h1 className="font-bold text-3xl leading-tight tracking-tight">{title}</h1>
      {lead ? <p className="text-lg text-quiet">{lead}</p> : null}
      {children}
    </article>
  );
}
