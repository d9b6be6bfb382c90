type PictureProps = { src: string; alt: string; width: number; height: number };

/** A picture in a long text, as large as it was taken or as narrow as the page. */
export function Picture({ src, alt, width, height }: PictureProps) {
  return (
    // biome-ignore lint/performance/noImgElement: taken in the size that it is shown in
    <img
      src={src}
      alt={alt}
      width={width}
      height={height}
      loading="lazy"
      className="mt-5 h-auto max-w-full rounded-xl border border-line"
    />
  );
}
