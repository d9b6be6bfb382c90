import type { Locale } from "@/lib/i18n/locales";

type FailureWords = { title: string; what: string; next: string };

/** What the page of last resort says. Apart from the other words, as every page carries it along. */
export const failureWords: Record<Locale, FailureWords> = {
  en: {
    title: "Something went wrong on our side",
    what: "We could not show this page. It is not something you did, and nothing you saved is lost.",
    next: "Try again",
  },
  fr: {
    title: "Un incident s’est produit de notre côté",
    what: "Nous n’avons pas pu afficher cette page. Vous n’y êtes pour rien, et rien de ce que vous avez enregistré n’est perdu.",
    next: "Réessayer",
  },
  pt: {
    title: "Algo deu errado do nosso lado",
    what: "Não conseguimos mostrar esta página. Não foi nada que você fez, e nada do que você salvou se perdeu.",
    next: "Tentar de novo",
  },
  es: {
    title: "Algo ha fallado por nuestra parte",
    what: "No hemos podido mostrar esta página. No se debe a nada que usted haya hecho, y no se ha perdido nada de lo que guardó.",
    next: "Intentar de nuevo",
  },
};
