const REFRESHED = "page-refreshed";

/** Does something with the page as it is, and again whenever it was brought up to date in place. */
export function onEachPage(work: () => void): void {
  work();
  document.addEventListener(REFRESHED, work);
}

/** Says that the page was brought up to date in place. */
export function sayRefreshed(): void {
  document.dispatchEvent(new Event(REFRESHED));
}
