import {
  type CanaryRun,
  countOf,
  type Metrics,
  type Times,
  timeBuckets,
} from "@/lib/heartbeat/metrics";

type Labels = Record<string, string>;
type Sample = { suffix?: string; labels?: Labels; value: number };
type Family = { name: string; type: "gauge" | "histogram"; help: string; samples: Sample[] };

// What Prometheus' text format asks to be escaped in a label.
const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");

function lineOf(name: string, { suffix = "", labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${suffix}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
}

function samplesOf(times: Times, labels: Labels): Sample[] {
  let passed = 0;
  const buckets = timeBuckets.map((bound, index) => {
    passed += times.counts[index] ?? 0;
    return { suffix: "_bucket", labels: { ...labels, le: String(bound) }, value: passed };
  });
  const count = countOf(times);
  return [
    ...buckets,
    { suffix: "_bucket", labels: { ...labels, le: "+Inf" }, value: count },
    { suffix: "_sum", labels, value: times.sumSeconds },
    { suffix: "_count", labels, value: count },
  ];
}

const gauge = (name: string, help: string, samples: Sample[]): Family => ({
  ...{ name, help, samples },
  type: "gauge",
});
const one = (value: number): Sample[] => [{ value }];
const histogram = (name: string, help: string, samples: Sample[]): Family => ({
  ...{ name, help, samples },
  type: "histogram",
});

// When none has ended, that is long ago: an alarm goes by how long ago it is.
const familiesOfCanary = (lastRun: CanaryRun | null): Family[] => [
  gauge(
    "portaria_canary_success",
    "1 where the canary's last sign-in came through, else 0.",
    lastRun === null ? [] : one(lastRun.isRight ? 1 : 0),
  ),
  gauge(
    "portaria_canary_end_timestamp_seconds",
    "When the canary's last sign-in ended; 0: none has.",
    one(Math.floor((lastRun?.endedAt.getTime() ?? 0) / 1000)),
  ),
  gauge(
    "portaria_canary_mail_seconds",
    "From its press on Sign in until its mail was found, looked for each 5 seconds: the password's hash is within.",
    lastRun?.mailSeconds == null ? [] : one(lastRun.mailSeconds),
  ),
];

function familiesOf(metrics: Metrics): Family[] {
  const { queue, times, failures, domains, ways, marked, signIns, canary, hashes } = metrics;
  return [
    gauge(
      "portaria_mail_queue",
      "Mails that wait to be taken by a transport, by urgency.",
      queue.map(({ urgency, waiting: value }) => ({ labels: { urgency }, value })),
    ),
    gauge(
      "portaria_mail_queue_oldest_seconds",
      "Age of the mail that has waited longest, by urgency; 0 where none waits.",
      queue.map(({ urgency, oldestSeconds: value }) => ({ labels: { urgency }, value })),
    ),
    histogram(
      "portaria_mail_accept_seconds",
      "From when a mail was made until its transport took it, of the mails made in the last hour.",
      times.flatMap(({ transport, accepted }) => samplesOf(accepted, { transport })),
    ),
    histogram(
      "portaria_mail_deliver_seconds",
      "From when a mail was made until it was reported to have arrived, of the mails made in the last hour.",
      times.flatMap(({ transport, delivered }) => samplesOf(delivered, { transport })),
    ),
    histogram(
      "portaria_code_type_seconds",
      "From when the first mail with a code had left until the right code was typed, of the last hour.",
      samplesOf(metrics.typed, {}),
    ),
    gauge(
      "portaria_mail_failures",
      "Mails of the last hour that never arrive, by transport and reason.",
      failures.map(({ count: value, ...labels }) => ({ labels, value })),
    ),
    gauge(
      "portaria_mail_domain_mails",
      "Mails made in the last hour, by receiving domain: the 20 largest, and other.",
      domains.map(({ domain, mails: value }) => ({ labels: { domain }, value })),
    ),
    gauge(
      "portaria_mail_domain_failures",
      "Those of them that never arrive, by the transport that they left by.",
      domains.flatMap(({ domain, failures: failed }) =>
        failed.map(({ transport, count: value }) => ({ labels: { transport, domain }, value })),
      ),
    ),
    gauge(
      "portaria_mail_way_open_seconds",
      "For how long nothing more is handed to a transport, as it fails; 0: it is in use.",
      ways.map(({ transport, openSeconds: value }) => ({ labels: { transport }, value })),
    ),
    gauge(
      "portaria_mail_way_paused_seconds",
      "For how long a transport asked to be left alone; 0: it did not.",
      ways.map(({ transport, pausedSeconds: value }) => ({ labels: { transport }, value })),
    ),
    gauge(
      "portaria_mail_suppressed_addresses",
      "Addresses that nothing is sent to but a code an hour, by why.",
      marked.map(({ because, count: value }) => ({ labels: { because }, value })),
    ),
    gauge(
      "portaria_mail_outage",
      "1 while mail is slow or refused for everybody.",
      (["slow", "refused"] as const).map((because) => ({
        labels: { because },
        value: metrics.outage === because ? 1 : 0,
      })),
    ),
    gauge(
      "portaria_mail_webhook_age_seconds",
      "Since the last webhook of Resend's, or without any since it took the oldest mail.",
      metrics.sinceWebhookSeconds === null ? [] : one(metrics.sinceWebhookSeconds),
    ),
    gauge(
      "portaria_sign_ins",
      "Judged sign-ins of the last hour, by verdict.",
      signIns.map(({ verdict, count: value }) => ({ labels: { verdict }, value })),
    ),
    gauge(
      "portaria_password_hashes_at_work",
      "Hashes that this process computes now.",
      one(hashes.atWork),
    ),
    gauge(
      "portaria_password_hashes_waiting",
      "Hashes that this process has waiting for their turn.",
      one(hashes.waiting),
    ),
    ...(canary === null ? [] : familiesOfCanary(canary.lastRun)),
  ].filter(({ samples }) => samples.length > 0);
}

/** Metrics in Prometheus' text format 0.0.4. */
export function metricsText(metrics: Metrics): string {
  const lines = familiesOf(metrics).flatMap(({ name, type, help, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map((sample) => lineOf(name, sample)),
  ]);
  return `${lines.join("\n")}\n`;
}
