export type Brand = {
  name: string;
  /** URL of the logo; without one the name's first letter stands in a square. */
  logoUrl?: string | undefined;
};

function Monogram({ name }: { name: string }) {
  const initial = [...name.trim()][0]?.toUpperCase() ?? "";
  return (
    <span
      aria-hidden="true"
      className="grid size-8 place-items-center rounded-lg bg-accent font-bold text-base text-on-accent"
    >
      {initial}
    </span>
  );
}

/** The host's logo or name, as the way home. The logo's box has a fixed size, so that nothing shifts. */
export function BrandMark({ brand, label }: { brand: Brand; label: string }) {
  return (
    <a href="/" className="-mx-2 inline-flex min-h-11 items-center gap-3 rounded-lg px-2">
      {/* Beside what is seen, which it says too: a label in its stead is what audits warn of. */}
      <span className="sr-only">{label}</span>
      {brand.logoUrl ? (
        // biome-ignore lint/performance/noImgElement: the host's own image, from the host's own server
        <img
          src={brand.logoUrl}
          alt=""
          width={160}
          height={32}
          className="h-8 w-40 object-contain object-left"
        />
      ) : (
        <>
          <Monogram name={brand.name} />
          <span aria-hidden="true" className="font-semibold text-lg tracking-tight">
            {brand.name}
          </span>
        </>
      )}
    </a>
  );
}
