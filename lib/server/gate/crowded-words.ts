import type { Locale } from "@/lib/i18n/locales";
import type { PasswordField } from "@/lib/server/gate/password-fields";

type Words = {
  title: string;
  text: string;
  /** What to do, where the form stands below, and where it does not. */
  form: string;
  noForm: string;
  fields: Record<"email" | "name" | PasswordField, string>;
  send: string;
};

/** What is said to those whose password cannot be looked at now, because too many others wait. */
export const crowdedWords: Record<Locale, Words> = {
  en: {
    title: "Many people at once",
    text: "More passwords are coming in right now than we can check. We did not look at yours, and nothing was counted.",
    form: "Wait a few seconds, type your password again and send the form. The rest is still there.",
    noForm: "Wait a few seconds, then try again.",
    fields: {
      email: "Email",
      name: "Full name",
      currentPassword: "Current password",
      newPassword: "New password",
      password: "Password",
    },
    send: "Send again",
  },
  fr: {
    title: "Beaucoup de monde à la fois",
    text: "Nous recevons en ce moment plus de mots de passe que nous ne pouvons en vérifier. Le vôtre n’a pas été examiné et rien n’a été compté.",
    form: "Patientez quelques secondes, saisissez de nouveau votre mot de passe et envoyez le formulaire. Le reste est toujours là.",
    noForm: "Patientez quelques secondes, puis réessayez.",
    fields: {
      email: "Adresse e-mail",
      name: "Nom complet",
      currentPassword: "Mot de passe actuel",
      newPassword: "Nouveau mot de passe",
      password: "Mot de passe",
    },
    send: "Envoyer de nouveau",
  },
  pt: {
    title: "Muita gente ao mesmo tempo",
    text: "Neste momento chegam mais palavras-passe do que conseguimos verificar. A sua não foi verificada e nada foi contado.",
    form: "Aguarde uns segundos, escreva de novo a palavra-passe e envie o formulário. O resto continua lá.",
    noForm: "Aguarde uns segundos e tente de novo.",
    fields: {
      email: "E-mail",
      name: "Nome completo",
      currentPassword: "Palavra-passe atual",
      newPassword: "Nova palavra-passe",
      password: "Palavra-passe",
    },
    send: "Enviar de novo",
  },
  es: {
    title: "Mucha gente a la vez",
    text: "En este momento llegan más contraseñas de las que podemos comprobar. No hemos mirado la suya y no se ha contado nada.",
    form: "Espere unos segundos, escriba de nuevo su contraseña y envíe el formulario. Lo demás sigue ahí.",
    noForm: "Espere unos segundos y vuelva a intentarlo.",
    fields: {
      email: "Correo electrónico",
      name: "Nombre completo",
      currentPassword: "Contraseña actual",
      newPassword: "Contraseña nueva",
      password: "Contraseña",
    },
    send: "Enviar de nuevo",
  },
};
