import { env } from "@/lib/env/env";
import { keepLast } from "@/lib/keep-last";
import type { CompiledMail } from "@/lib/mail/compiled-mail";
import type { MailShape } from "@/lib/mail/mail-shape";

// About 30 KB each. Most hosts send a few dozen: some kinds, in the languages of their customers.
const KEPT = 200;
const startKeeping = () => ({ host: env(), kept: keepLast<Promise<CompiledMail>>(KEPT) });
let compiled: ReturnType<typeof startKeeping> | undefined;

/** The compiled mail of a shape, made once for the host as it is set up. */
export function compiledOf(shape: MailShape): Promise<CompiledMail> {
  if (compiled?.host !== env()) compiled = startKeeping();
  return compiled.kept(JSON.stringify(shape), async () => {
    // React and what reads HTML are loaded when they are first needed, behind a start.
    const { compileMail } = await import("@/lib/mail/compile-mail");
    return compileMail(shape);
  });
}
