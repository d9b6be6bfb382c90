import type { Locale } from "@/lib/i18n/locales";

// As `wordsOf` has them. The articles are in European Portuguese, and many of their readers are not.
const european = new Map([
  ["senha", "passe"],
  ["senhas", "passe"],
  ["celular", "telemovel"],
  ["tela", "ecra"],
  ["contato", "contacto"],
  ["cadastro", "registo"],
  ["registro", "registo"],
  ["arquivo", "ficheiro"],
  ["usuario", "utilizador"],
  ["equipe", "equipa"],
  ["conexao", "ligacao"],
  ["compartilhado", "partilhado"],
]);

/**
 * The word that an article writes for one that was typed in Brazil; any other stays as it is.
 *
 * @param word as by `wordsOf`
 */
export function europeanWord(word: string, locale: Locale): string {
  return locale === "pt" ? (european.get(word) ?? word) : word;
}
