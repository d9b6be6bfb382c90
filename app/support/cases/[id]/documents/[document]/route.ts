import { notFound } from "next/navigation";
import { requireViewer } from "@/app/support/viewing-staff";
import { supportRoles } from "@/lib/account/roles";
import { inlineDisposition, viewDocument } from "@/lib/cases/review/review-document";

type DocumentRouteProps = { params: Promise<{ id: string; document: string }> };

/** A document of a case, for staff alone; what it is was found out from its content when it came. */
export async function GET(_: Request, { params }: DocumentRouteProps): Promise<Response> {
  const { id, document } = await params;
  const staff = await requireViewer(`/support/cases/${encodeURIComponent(id)}`, supportRoles);
  const opened = await viewDocument(staff, { caseId: id, documentId: document });
  if (opened === null) notFound();
  return new Response(opened.bytes, {
    headers: {
      "Content-Type": opened.type,
      "Content-Disposition": inlineDisposition(opened.name),
      "Cross-Origin-Resource-Policy": "same-origin",
    },
  });
}
