import { redirect } from "next/navigation";
import { currentSession } from "@/lib/next-auth/session";

export default async function Start() {
  redirect((await currentSession()) === null ? "/login" : "/account");
}
