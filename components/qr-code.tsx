type QrCodeProps = {
  /** The length of its sides in modules, quiet zone included. */
  size: number;
  /** The dark modules. */
  path: string;
  label: string;
};

/** A QR code, dark on white in every look: some readers know no other. */
export function QrCode({ size, path, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-full max-w-64 rounded-lg forced-color-adjust-none"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
