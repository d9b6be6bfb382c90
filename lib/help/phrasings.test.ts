import { describe, expect, it, test } from "vitest";
import { articleTexts } from "@/lib/help/article-texts";
import { phrasings } from "@/lib/help/phrasings";
import { wordsOf } from "@/lib/help/rules/words-of";
import { searchArticles } from "@/lib/help/search-articles";
import { type Locale, locales } from "@/lib/i18n/locales";

/** An article, or a part of one, and what people type who look for it; as they type it. */
const asked: [answer: string, typed: Record<Locale, string>][] = [
  [
    "login-code#notArrived",
    {
      en: "code not arriving",
      fr: "le code n'arrive pas",
      pt: "codigo nao chega",
      es: "no me llega el código",
    },
  ],
  [
    "login-code#notArrived",
    {
      en: "I don't receive the code",
      fr: "je ne reçois pas le code",
      pt: "não recebo o código",
      es: "no recibo el codigo",
    },
  ],
  [
    "login-code#notArrived",
    {
      en: "didnt get the email",
      fr: "pas recu le mail",
      pt: "o email nao chegou",
      es: "no me llegó el correo",
    },
  ],
  [
    "login-code#notArrived",
    {
      en: "code went to spam",
      fr: "code dans les spams",
      pt: "o código foi para o spam",
      es: "el codigo esta en spam",
    },
  ],
  [
    "change-password#forgot",
    {
      en: "reset password",
      fr: "réinitialiser mot de passe",
      pt: "redefinir senha",
      es: "restablecer contraseña",
    },
  ],
  [
    "change-password#forgot",
    {
      en: "forgot my pasword",
      fr: "mdp oublié",
      pt: "esqueci a palavra-passe",
      es: "olvide mi contrasena",
    },
  ],
  [
    "change-password",
    {
      en: "change password",
      fr: "changer de mot de passe",
      pt: "mudar a senha",
      es: "cambiar clave",
    },
  ],
  [
    "password-switched-off",
    {
      en: "my password stopped working",
      fr: "mon mot de passe ne marche plus",
      pt: "a minha senha deixou de funcionar",
      es: "mi contraseña ya no funciona",
    },
  ],
  [
    "broken-into",
    {
      en: "hacked",
      fr: "compte piraté",
      pt: "fui hackeado",
      es: "me han hackeado",
    },
  ],
  [
    "broken-into",
    {
      en: "someone is in my account",
      fr: "quelqu'un utilise mon compte",
      pt: "alguém entrou na minha conta",
      es: "alguien entro en mi cuenta",
    },
  ],
  ["login-code#blocked", { en: "blocked", fr: "bloqué", pt: "bloqueado", es: "bloqueada" }],
  [
    "login-code#blocked",
    {
      en: "too many wrong codes",
      fr: "trop de codes faux",
      pt: "errei o código muitas vezes",
      es: "puse mal el código",
    },
  ],
  [
    "login-code#blocked",
    {
      en: "acount locked",
      fr: "compte verouillé",
      pt: "conta bloqeada",
      es: "cuenta bloquada",
    },
  ],
  [
    "login-code#newPhone",
    {
      en: "new phone",
      fr: "nouveau telephone",
      pt: "telemóvel novo",
      es: "celular nuevo",
    },
  ],
  [
    "lost-access#request",
    {
      en: "lost email",
      fr: "plus accès à ma boîte mail",
      pt: "perdi o email",
      es: "perdí mi correo",
    },
  ],
  [
    "lost-access#request",
    {
      en: "email account no longer exists",
      fr: "mon adresse mail n'existe plus",
      pt: "o meu email já não existe",
      es: "mi correo ya no existe",
    },
  ],
  [
    "login-code#changingIp",
    { en: "ip changed", fr: "mon ip a changé", pt: "o ip mudou", es: "cambió mi ip" },
  ],
  [
    "login-code#changingIp",
    { en: "dynamic ip", fr: "ip dynamique", pt: "ip dinâmico", es: "ip dinamica" },
  ],
  [
    "login-code#travelling",
    { en: "hotel wifi", fr: "wifi de l'hôtel", pt: "wifi do hotel", es: "wi-fi del hotel" },
  ],
  [
    "login-code#twoAddresses",
    { en: "two addresses", fr: "deux adresses mail", pt: "dois emails", es: "dos correos" },
  ],
  [
    "login-code#code",
    {
      en: "code expired",
      fr: "code expiré",
      pt: "código expirado",
      es: "el codigo ha caducado",
    },
  ],
  [
    "login-code#notMe",
    {
      en: "got a code but it wasn't me",
      fr: "code reçu sans rien demander",
      pt: "recebi um código sem pedir",
      es: "me llegó un código que no he pedido",
    },
  ],
  [
    "change-email",
    {
      en: "change email adress",
      fr: "changer d'adresse mail",
      pt: "alterar email",
      es: "cambiar mi mail",
    },
  ],
  [
    "lost-access#support",
    {
      en: "talk to support",
      fr: "numéro de téléphone du support",
      pt: "falar com o suporte",
      es: "hablar con un agente",
    },
  ],
  [
    "my-places#browser",
    {
      en: "it asks for a code every time",
      fr: "code demandé à chaque fois",
      pt: "pede código sempre",
      es: "me pide un código cada vez",
    },
  ],
  [
    "two-step#app",
    {
      en: "how do I set up an authenticator app",
      fr: "comment ajouter une application d'authentification",
      pt: "como adiciono uma aplicação de autenticação",
      es: "como añado una aplicacion de autenticacion",
    },
  ],
  [
    "two-step#lost",
    {
      en: "i lost the phone with my authenticator app",
      fr: "j'ai perdu mon téléphone avec l'application",
      pt: "fiquei sem o telemovel da aplicação",
      es: "he perdido el movil con la aplicacion",
    },
  ],
  [
    "two-step#remove",
    {
      en: "how to disable 2fa",
      fr: "comment desactiver la double authentification",
      pt: "como desativo os dois fatores",
      es: "como desactivo el doble factor",
    },
  ],
  [
    "close-account",
    {
      en: "how do I delete my account",
      fr: "supprimer mon compte client",
      pt: "quero apagar a conta",
      es: "como elimino mi cuenta",
    },
  ],
];

const rows = asked.flatMap(([answer, typed]) =>
  locales.map((locale) => [locale, typed[locale], answer] as const),
);

test("people were heard in each language as often", () => {
  expect(rows).toHaveLength(29 * locales.length);
});

const found = async (query: string, locale: Locale) => {
  const outcome = await searchArticles(query, locale);
  return outcome.kind === "nothing" ? [] : outcome.parts.map(({ href }) => href);
};

describe("what people type leads first to what answers it", () => {
  it.each(rows)("%s: %s", async (locale, typed, answer) => {
    const [first = "nothing"] = await found(typed, locale);
    const [article = ""] = first.split("#");
    expect(answer.includes("#") ? first : article).toBe(`/help/${answer}`);
  });
});

describe.each(locales)("the phrasings in %s", (locale) => {
  const all = Object.entries(phrasings[locale]);

  it("belong to parts that there are, the same ones in each language", async () => {
    const parts = (await articleTexts(locale)).map(({ article, section }) =>
      section === null ? article : `${article}#${section}`,
    );
    for (const [part] of all) expect(parts).toContain(part);
    expect(all.map(([part]) => part)).toEqual(Object.keys(phrasings.en));
  });

  it("are none twice, as no two parts are first", () => {
    const written = all.flatMap(([, list]) => list.map((one) => wordsOf(one).join(" ")));
    expect(written.filter((one, index) => written.indexOf(one) !== index)).toEqual([]);
  });

  it("lead to the part they belong to", async () => {
    const astray: string[] = [];
    for (const [part, list] of all) {
      for (const phrasing of list) {
        const [first] = await found(phrasing, locale);
        if (first !== `/help/${part}`) astray.push(`${phrasing}: ${first}`);
      }
    }
    expect(astray).toEqual([]);
  });
});
