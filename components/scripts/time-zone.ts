// Reports the browser's zone where it is not known yet. Without scripts times stay as they were.
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
if (timeZone && timeZone !== document.body.dataset.knownTimeZone) {
  // Sent by a form like any other, for the answer's cookie to be one that no script reads.
  navigator.sendBeacon("/time-zone", new URLSearchParams({ timeZone }));
}
