import type { Instrumentation } from "next";

/** Next's own word of an error in a page, a route or an action; its answer says no more than 500. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { logRequestError } = await import("@/lib/server/request-error");
  await logRequestError(error, request, context);
};
