const node =
  '<template shadowrootmode="open"><div id="__next-route-announcer__" aria-live="polite"></div></template>';

/**
 * Where Next's router says the title of the page it went to. It makes an element of its own, with
 * the role of an alert, only if it finds none: an alert is something that went wrong.
 */
export function RouteAnnouncer() {
  return (
    <next-route-announcer
      name="next-route-announcer"
      class="sr-only"
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
      dangerouslySetInnerHTML={{ __html: node }}
    />
  );
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "next-route-announcer": React.HTMLAttributes<HTMLElement> & { name: string; class: string };
    }
  }
}
