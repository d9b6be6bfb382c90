/** Brings a tab into view. Not by scrollIntoView: that also moves a page opened at one of its parts. */
function show(row: HTMLElement, tab: Element): void {
  const frame = row.getBoundingClientRect();
  const { left, right, width } = tab.getBoundingClientRect();
  if (left >= frame.left && right <= frame.right) return;
  row.scrollLeft += left - frame.left - (frame.width - width) / 2;
}

for (const row of document.querySelectorAll<HTMLElement>(".tab-row")) {
  const current = row.querySelector("[aria-current]");
  if (current) show(row, current);
}

document.addEventListener("focusin", ({ target }) => {
  if (!(target instanceof Element)) return;
  const row = target.closest<HTMLElement>(".tab-row");
  // A pointer's press gives focus too, and what moves away under it would not be clicked.
  if (row && target.matches(":focus-visible")) show(row, target);
});
