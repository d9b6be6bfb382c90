import type { ReactNode } from "react";
import { Button } from "@/components/button";
import { OwnScript } from "@/components/own-script";

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
  return (
    <>
      {forms.map((form) => (
        <input
          key={form}
          type="hidden"
          name="version"
          form={form}
          defaultValue={version}
          data-sends-version
          data-keeps
        />
      ))}
      <div
        hidden
        data-seen-version={version}
        className="grid justify-items-start gap-4 [&[hidden]]:hidden"
      >
        {children}
        <Button type="button" kind="inline">
          {readIt}
        </Button>
      </div>
      <OwnScript name="seen-version" />
    </>
  );
}
