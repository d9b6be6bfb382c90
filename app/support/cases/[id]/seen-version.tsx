"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/button";

type SeenVersionProps = {
  /** The case as it is now; a refresh brings another one. */
  version: number;
  /** The ids of the forms that decide. */
  forms: string[];
  /** Said once the case has changed. */
  children: ReactNode;
  /** Names the button by which staff say that they have read what is new. */
  readIt: string;
};

/**
 * Sends along which version of the case its reader has seen: what a refresh brings while they type has
 * to be read first.
 */
export function SeenVersion({ version, forms, children, readIt }: SeenVersionProps) {
  const [seen, setSeen] = useState(version);
  return (
    <>
      {forms.map((form) => (
        <input key={form} type="hidden" name="version" form={form} value={seen} />
      ))}
      {seen === version ? null : (
        <div className="grid justify-items-start gap-4">
          {children}
          <Button type="button" kind="inline" onClick={() => setSeen(version)}>
            {readIt}
          </Button>
        </div>
      )}
    </>
  );
}
