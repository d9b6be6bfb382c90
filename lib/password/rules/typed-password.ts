/**
 * A password as it is judged, compared and hashed: in NFKC, so that the same one typed on another
 * keyboard (full-width letters, accents of two characters) is the same (contract, "Settled").
 */
export const typedPassword = (typed: string) => typed.normalize("NFKC");
