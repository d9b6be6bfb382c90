import { notFound } from "next/navigation";
import { findImage } from "@/lib/templates/images/mail-images";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** A picture that mails show, for whoever reads one. What is at an address never changes. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const found = await findImage((await params).id);
  if (found === null) notFound();
  return new Response(found.bytes, {
    headers: {
      "Content-Type": found.type,
      "Cache-Control": `public, max-age=${A_YEAR_SECONDS}, immutable`,
    },
  });
}
