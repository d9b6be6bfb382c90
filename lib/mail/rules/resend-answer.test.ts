import { expect, test } from "vitest";
import {
  fateByResendAnswer,
  judgeResendAnswer,
  wasTakenBefore,
} from "@/lib/mail/rules/resend-answer";

test.each([
  [422, "validation_error", "Invalid `to` field: monkey@domain.example", "final"],
  [
    422,
    "validation_error",
    "Invalid `to` field. The domain of from-me@x.example is no domain.",
    "final",
  ],
  [422, "validation_error", "The recipient key@sender.example is not valid.", "final"],
  [400, "validation_error", "Invalid `to` field. The key of it is no address.", "final"],
  [422, "validation_error", "Invalid `from` field. It was sent to nobody.", "again"],
  [422, "invalid_from_address", "The to address and the from address differ.", "again"],
  [422, "invalid_parameter", "The parameter must be a UUID.", "again"],
  [422, "missing_required_field", "Missing `to` field.", "again"],
  [422, "invalid_attachment", "Too long to send.", "again"],
  [
    403,
    "validation_error",
    "You can only send to your own address. For other recipients verify a domain.",
    "again",
  ],
  [422, "validation_error", "To send to other recipients, verify a domain.", "again"],
  [403, "invalid_api_key", "API key is invalid", "again"],
  [409, "concurrent_idempotent_requests", "Still in progress", "again"],
  [429, "daily_quota_exceeded", "The recipient is one too many.", "throttled"],
  [429, "monthly_quota_exceeded", "Quota", "throttled"],
  [451, "security_error", "Held back", "again"],
  [500, "application_error", "Defect", "again"],
  [null, "application_error", "Unable to fetch data", "again"],
] as const)("%s %s: %s → %s", (status, name, message, meaning) => {
  expect(judgeResendAnswer({ status, name, message, retryAfter: 0 })).toEqual({
    meaning,
    isOfRecipient: meaning === "final",
  });
});

test("a key that is known with other contents says that the mail was taken", () => {
  expect(wasTakenBefore({ status: 409, name: "invalid_idempotent_request" })).toBe(true);
  expect(wasTakenBefore({ status: 409, name: "concurrent_idempotent_requests" })).toBe(false);
});

test.each([
  [null, "application_error", "unknown"],
  [500, "application_error", "unknown"],
  [500, "internal_server_error", "unknown"],
  [502, "application_error", "unknown"],
  [504, "", "unknown"],
  [409, "concurrent_idempotent_requests", "unknown"],
  [503, "service_unavailable", "not-taken"],
  [429, "rate_limit_exceeded", "not-taken"],
  [403, "invalid_api_key", "not-taken"],
  [422, "validation_error", "not-taken"],
] as const)("%s %s leaves the fate of a mail %s", (status, name, fate) => {
  expect(fateByResendAnswer({ status, name })).toBe(fate);
});
