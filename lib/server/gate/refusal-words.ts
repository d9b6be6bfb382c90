import type { Locale } from "@/lib/i18n/locales";

/** The statuses the gate answers with by itself. */
export type RefusalStatus = 400 | 403 | 404 | 405 | 408 | 413 | 415 | 417 | 431 | 500 | 503;

type Words = Record<RefusalStatus | "busy" | "large-source", { title: string; text: string }>;

const english: Words = {
  400: {
    title: "This request cannot be read",
    text: "Something in the address or in the form was damaged on its way. Go back, load the page again and try once more.",
  },
  403: {
    title: "This form was sent from another site",
    text: "To protect your account we accept forms from our own pages only. Open our page directly and try again.",
  },
  404: {
    title: "Page not found",
    text: "There is no page at this address. Check it and try again.",
  },
  405: {
    title: "This cannot be done here",
    text: "This address does not serve that kind of request. Go back and use the links and buttons of the page.",
  },
  408: {
    title: "The request took too long",
    text: "Your connection may be slow. Load the page again and try once more.",
  },
  413: {
    title: "This is too large",
    text: "The form holds more than we can take. Shorten what you entered and send it again.",
  },
  415: {
    title: "This format is not accepted",
    text: "This address takes forms only. Go back and use the form on the page.",
  },
  417: {
    title: "This cannot be done here",
    text: "The request expects something that we do not offer. Send it without that expectation.",
  },
  431: {
    title: "The request is too large",
    text: "The address or the cookies are too long. Delete this site's cookies in your browser and try again.",
  },
  500: {
    title: "Sorry, there is a problem on our side",
    text: "What you asked for could not be finished. Wait a moment, then try again.",
  },
  503: {
    title: "Sorry, we cannot be reached at the moment",
    text: "We cannot get to your data right now, and we are working on it. Nothing is lost. Try again in a few minutes.",
  },
  "large-source": {
    title: "This source is too large",
    text: "A source of an email may have 256 KiB here. Our own emails are much smaller: one this large is not ours, or has something attached. Press none of its links, and sign in by typing our address yourself.",
  },
  busy: {
    title: "Too much at once",
    text: "This account, or the connection you share with others, waits for many pages at the same time. Nothing is lost. Close what you do not need, wait a few seconds, and load this page again; a form you sent is then sent once more.",
  },
};

const french: Words = {
  400: {
    title: "Cette demande est illisible",
    text: "Un élément de l’adresse ou du formulaire a été altéré en chemin. Revenez en arrière, rechargez la page et réessayez.",
  },
  403: {
    title: "Ce formulaire vient d’un autre site",
    text: "Pour protéger votre compte, nous n’acceptons que les formulaires de nos propres pages. Ouvrez notre page directement et réessayez.",
  },
  404: {
    title: "Page introuvable",
    text: "Il n’y a pas de page à cette adresse. Vérifiez-la et réessayez.",
  },
  405: {
    title: "Ce n’est pas possible ici",
    text: "Cette adresse n’accepte pas ce type de demande. Revenez en arrière et utilisez les liens et les boutons de la page.",
  },
  408: {
    title: "La demande a pris trop de temps",
    text: "Votre connexion est peut-être lente. Rechargez la page et réessayez.",
  },
  413: {
    title: "C’est trop volumineux",
    text: "Le formulaire contient plus que nous ne pouvons recevoir. Raccourcissez votre saisie et envoyez-la de nouveau.",
  },
  415: {
    title: "Ce format n’est pas accepté",
    text: "Cette adresse n’accepte que des formulaires. Revenez en arrière et utilisez le formulaire de la page.",
  },
  417: {
    title: "Ce n’est pas possible ici",
    text: "La demande suppose quelque chose que nous ne proposons pas. Envoyez-la sans cette condition.",
  },
  431: {
    title: "La demande est trop volumineuse",
    text: "L’adresse ou les cookies sont trop longs. Supprimez les cookies de ce site dans votre navigateur et réessayez.",
  },
  500: {
    title: "Désolé, un problème est survenu de notre côté",
    text: "Votre demande n’a pas pu aboutir. Patientez un instant, puis réessayez.",
  },
  503: {
    title: "Désolé, le service est momentanément indisponible",
    text: "Nous ne pouvons pas accéder à vos données pour l’instant et nous y travaillons. Rien n’est perdu. Réessayez dans quelques minutes.",
  },
  "large-source": {
    title: "Cette source est trop grande",
    text: "La source d’un e-mail peut faire ici 256 Kio. Nos e-mails sont bien plus petits : un e-mail de cette taille n’est pas de nous, ou contient une pièce jointe. N’appuyez sur aucun de ses liens, et connectez-vous en tapant vous-même notre adresse.",
  },
  busy: {
    title: "Trop de demandes à la fois",
    text: "Ce compte, ou la connexion que vous partagez avec d’autres, attend beaucoup de pages en même temps. Rien n’est perdu. Fermez ce dont vous n’avez pas besoin, attendez quelques secondes et rechargez cette page ; un formulaire envoyé est alors envoyé de nouveau.",
  },
};

const portuguese: Words = {
  400: {
    title: "Não foi possível ler este pedido",
    text: "Algo no endereço ou no formulário foi danificado pelo caminho. Volte, recarregue a página e tente de novo.",
  },
  403: {
    title: "Este formulário veio de outro site",
    text: "Para proteger a sua conta, só aceitamos formulários das nossas próprias páginas. Abra a nossa página diretamente e tente de novo.",
  },
  404: {
    title: "Página não encontrada",
    text: "Não há nenhuma página neste endereço. Verifique-o e tente de novo.",
  },
  405: {
    title: "Isto não é possível aqui",
    text: "Este endereço não aceita esse tipo de pedido. Volte e use os links e os botões da página.",
  },
  408: {
    title: "O pedido demorou demasiado",
    text: "A sua ligação pode estar lenta. Recarregue a página e tente de novo.",
  },
  413: {
    title: "Isto é demasiado grande",
    text: "O formulário contém mais do que podemos receber. Encurte o que escreveu e envie de novo.",
  },
  415: {
    title: "Este formato não é aceite",
    text: "Este endereço só aceita formulários. Volte e use o formulário da página.",
  },
  417: {
    title: "Isto não é possível aqui",
    text: "O pedido conta com algo que não oferecemos. Envie-o sem essa condição.",
  },
  431: {
    title: "O pedido é demasiado grande",
    text: "O endereço ou os cookies são demasiado longos. Apague os cookies deste site no navegador e tente de novo.",
  },
  500: {
    title: "Lamentamos, há um problema do nosso lado",
    text: "Não foi possível concluir o que pediu. Aguarde um momento e tente de novo.",
  },
  503: {
    title: "Lamentamos, o serviço não está disponível agora",
    text: "Não conseguimos aceder aos seus dados agora e estamos a tratar disso. Nada se perdeu. Tente de novo dentro de alguns minutos.",
  },
  "large-source": {
    title: "Este código-fonte é demasiado grande",
    text: "O código-fonte de um e-mail pode ter aqui 256 KiB. Os nossos e-mails são muito mais pequenos: um deste tamanho não é nosso, ou traz um anexo. Não prima nenhuma das suas ligações e inicie sessão escrevendo o nosso endereço.",
  },
  busy: {
    title: "Demasiados pedidos ao mesmo tempo",
    text: "Esta conta, ou a ligação que partilha com outras pessoas, espera muitas páginas ao mesmo tempo. Nada se perdeu. Feche o que não precisa, aguarde alguns segundos e recarregue esta página; um formulário enviado é então enviado de novo.",
  },
};

const spanish: Words = {
  400: {
    title: "No se puede leer esta solicitud",
    text: "Algo en la dirección o en el formulario se dañó por el camino. Vuelva atrás, cargue de nuevo la página e inténtelo otra vez.",
  },
  403: {
    title: "Este formulario viene de otro sitio",
    text: "Para proteger su cuenta, solo aceptamos formularios de nuestras propias páginas. Abra nuestra página directamente e inténtelo de nuevo.",
  },
  404: {
    title: "Página no encontrada",
    text: "No hay ninguna página en esta dirección. Compruébela e inténtelo de nuevo.",
  },
  405: {
    title: "Esto no se puede hacer aquí",
    text: "Esta dirección no admite ese tipo de solicitud. Vuelva atrás y use los enlaces y botones de la página.",
  },
  408: {
    title: "La solicitud ha tardado demasiado",
    text: "Puede que su conexión sea lenta. Cargue de nuevo la página e inténtelo otra vez.",
  },
  413: {
    title: "Es demasiado grande",
    text: "El formulario contiene más de lo que podemos recibir. Acorte lo que ha escrito y envíelo de nuevo.",
  },
  415: {
    title: "Este formato no se admite",
    text: "Esta dirección solo admite formularios. Vuelva atrás y use el formulario de la página.",
  },
  417: {
    title: "Esto no se puede hacer aquí",
    text: "La solicitud espera algo que no ofrecemos. Envíela sin esa condición.",
  },
  431: {
    title: "La solicitud es demasiado grande",
    text: "La dirección o las cookies son demasiado largas. Borre las cookies de este sitio en su navegador e inténtelo de nuevo.",
  },
  500: {
    title: "Lo sentimos, hay un problema por nuestra parte",
    text: "No se ha podido completar lo que pidió. Espere un momento e inténtelo de nuevo.",
  },
  503: {
    title: "Lo sentimos, el servicio no está disponible en este momento",
    text: "Ahora mismo no podemos acceder a sus datos y estamos trabajando en ello. No se ha perdido nada. Inténtelo de nuevo dentro de unos minutos.",
  },
  "large-source": {
    title: "Este código fuente es demasiado grande",
    text: "El código fuente de un correo puede tener aquí 256 KiB. Nuestros correos son mucho más pequeños: uno de este tamaño no es nuestro, o lleva algo adjunto. No pulse ninguno de sus enlaces e inicie sesión escribiendo usted nuestra dirección.",
  },
  busy: {
    title: "Demasiado a la vez",
    text: "Esta cuenta, o la conexión que comparte con otras personas, espera muchas páginas al mismo tiempo. No se ha perdido nada. Cierre lo que no necesite, espere unos segundos y cargue de nuevo esta página; un formulario enviado se envía entonces otra vez.",
  },
};

/** What the gate's own answers say. Nobody's input is part of them. */
export const refusalWords: Record<Locale, Words> = {
  en: english,
  fr: french,
  pt: portuguese,
  es: spanish,
};
