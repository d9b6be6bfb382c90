import { keepLast } from "@/lib/keep-last";

// Making one of these takes longer than a hundred uses of it. Customers' zones are many: those kept
// are some languages in some zones.
const dates = keepLast<Intl.DateTimeFormat>(200);
const numbers = keepLast<Intl.NumberFormat>(50);

/** As `new Intl.DateTimeFormat`. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions) =>
  dates(`${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));

/** As `new Intl.NumberFormat`. */
export const numberFormat = (locale: string, options: Intl.NumberFormatOptions = {}) =>
  numbers(`${locale} ${JSON.stringify(options)}`, () => new Intl.NumberFormat(locale, options));
