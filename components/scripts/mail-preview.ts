import { onEachPage } from "@/components/scripts/on-each-page";

const REST_MS = 150;
// An answer that does not come lets the next try begin.
const GIVEN_UP_MS = 10_000;

/** A frame of the page that shows the mail in one way. */
type Frame = { shown: HTMLIFrameElement; isInSight: boolean; isStale: boolean };

/** What the form would send, but for files and for what names its action. */
const fieldsOf = (form: HTMLFormElement) =>
  [...new FormData(form)].filter(
    (field): field is [string, string] =>
      typeof field[1] === "string" && !field[0].startsWith("$ACTION"),
  );

let fetched = 0;

/**
 * Posts the form's fields into a fresh frame beside the one that is shown, and shows it once it is
 * there: no flicker, and the Back button is not led through what was typed.
 */
function fetchInto(frame: Frame, form: HTMLFormElement, address: string): Promise<void> {
  const { shown } = frame;
  const { name } = shown;
  const next = shown.cloneNode(false) as HTMLIFrameElement;
  next.removeAttribute("src");
  // Never twice: browsers go on calling a frame by the name that it was made with.
  fetched += 1;
  next.name = `${name}-${fetched}`;
  next.hidden = true;
  shown.after(next);
  const post = document.createElement("form");
  // As the form itself is sent: other alphabets would take three times their room.
  Object.assign(post, { method: "post", enctype: "multipart/form-data", hidden: true });
  Object.assign(post, { action: address, target: next.name });
  const show = shown.dataset.mailPreview ?? "";
  for (const [key, value] of [...fieldsOf(form), ["show", show] as const]) {
    const field = document.createElement("textarea");
    Object.assign(field, { name: key, value });
    post.append(field);
  }
  document.body.append(post);
  return new Promise((resolve) => {
    const end = (isThere: boolean) => {
      clearTimeout(timer);
      next.onload = null;
      if (isThere) {
        shown.remove();
        next.hidden = false;
        next.name = name;
        frame.shown = next;
      } else next.remove();
      resolve();
    };
    const timer = setTimeout(() => end(false), GIVEN_UP_MS);
    // An empty frame may have been loaded before the answer is.
    // A field of the page may be called "submit".
    HTMLFormElement.prototype.submit.call(post);
    post.remove();
    next.onload = () => end(true);
  });
}

function start(form: HTMLFormElement): void {
  const address = form.dataset.preview;
  if (address === undefined) return;
  const frames = [...document.querySelectorAll<HTMLIFrameElement>("iframe[data-mail-preview]")].map(
    (shown): Frame => ({ shown, isInSight: false, isStale: !shown.hasAttribute("src") }),
  );
  let isAtWork = false;

  async function bringUpToDate(): Promise<void> {
    if (isAtWork) return;
    isAtWork = true;
    for (let frame = stale(); frame; frame = stale()) {
      frame.isStale = false;
      const { shown } = frame;
      await fetchInto(frame, form, address ?? "");
      watcher.unobserve(shown);
      watcher.observe(frame.shown);
    }
    isAtWork = false;
  }
  // One after the other, and only what somebody sees: a folded one waits until it is opened.
  const stale = () => frames.find(({ isStale, isInSight }) => isStale && isInSight);
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const frame = frames.find(({ shown }) => shown === target);
        if (frame) frame.isInSight = isIntersecting;
      }
      void bringUpToDate();
    },
    { rootMargin: "200px" },
  );
  for (const { shown } of frames) watcher.observe(shown);

  const refresh = () => {
    for (const frame of frames) frame.isStale = true;
    void bringUpToDate();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("mail-edited", refresh);
  form.addEventListener("input", ({ target }) => {
    // What is typed in the visual editor stands in no field yet; it says itself when it does.
    if (!(target instanceof Element) || !target.matches("input, select, textarea")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, REST_MS);
  });
}

const known = new WeakSet<HTMLFormElement>();
onEachPage(() => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-mail-form]")) {
    if (!known.has(form)) start(form);
    known.add(form);
  }
});
