import { type FakeResend, startFakeResend } from "@/e2e/support/fake-resend";
import { resetEnvironment } from "@/lib/env/env";
import { openChannel } from "@/lib/mail/pace-store";

/** A fake Resend by which this process sends, and which it asks, at a pace that none has to wait for. */
export async function startAskedResend(): Promise<FakeResend> {
  const fake = await startFakeResend();
  process.env.RESEND_BASE_URL = fake.url;
  process.env.RESEND_API_KEY = "re_of_a_test";
  process.env.EMAIL_PER_SECOND = "1000";
  resetEnvironment();
  await openChannel("resend");
  return fake;
}

/** Ends it. */
export async function stopAskedResend(fake: FakeResend): Promise<void> {
  for (const name of ["RESEND_BASE_URL", "RESEND_API_KEY", "EMAIL_PER_SECOND"]) {
    delete process.env[name];
  }
  await fake.close();
}
