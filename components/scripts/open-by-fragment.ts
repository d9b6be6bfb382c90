const namesOf = () =>
  document.querySelector<HTMLElement>("[data-opened-by]")?.dataset.openedBy?.split(" ") ?? [];

/** Opens the form that the address's fragment leads to, and puts the cursor into its first field. */
function open(): void {
  const name = location.hash.slice(1);
  if (!namesOf().some((one) => name.startsWith(one))) return;
  const named = document.getElementById(name);
  const details =
    named?.closest("details") ??
    named?.querySelector("details") ??
    document.querySelector<HTMLDetailsElement>(`details[id^="${CSS.escape(name)}-"]`);
  if (!details) return;
  for (let around = details.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
  details.open = true;
  details.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
}

// After the browser itself has gone to the fragment, which takes the focus from wherever it is.
if (document.readyState === "complete") open();
else addEventListener("load", () => setTimeout(open));
addEventListener("hashchange", open);
