// To make one takes as long as some hundred uses of it, and a page uses several.
const MOST_KEPT = 200;

type Kind<Options, Format> = new (locale: string, options: Options) => Format;

/** Formats of one kind, each made once; of more than can be kept the oldest are made anew. */
function keptFormats<Options, Format>(kind: Kind<Options, Format>) {
  const kept = new Map<string, Format>();
  return (locale: string, options: Options): Format => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const format = kept.get(key) ?? new kind(locale, options);
    kept.set(key, format);
    // Anybody may say to be in another zone with each request.
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    return format;
  };
}

/** `Intl.DateTimeFormat`, made once for the same locale and options. */
export const dateFormat = keptFormats<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  Intl.DateTimeFormat as never,
);

/** `Intl.NumberFormat`, made once for the same locale and options. */
export const numberFormat = keptFormats<Intl.NumberFormatOptions, Intl.NumberFormat>(
  Intl.NumberFormat as never,
);
