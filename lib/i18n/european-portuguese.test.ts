import { expect, test } from "vitest";
import { loadMessages } from "@/lib/i18n/load-messages";
import { mailCopy } from "@/lib/mail/mail-copy";
import { refusalWords } from "@/lib/server/gate/refusal-words";
import { flatten, type Tree } from "@/lib/testing/messages";

const texts = [
  ...flatten((await loadMessages("pt")) as unknown as Tree),
  ...flatten(mailCopy.pt as unknown as Tree, "mail."),
  ...flatten(refusalWords.pt as unknown as Tree, "refusal."),
];

/** What is written in Brazil alone, and what is written here. */
const gone: Record<string, RegExp> = {
  "palavra-passe": /senhas?/,
  utilizador: /usuári[oa]s?/,
  ecrã: /telas?/,
  telemóvel: /celular(es)?/,
  contacto: /contatos?|contatar/,
  registo: /registros?|registrad[oa]s?|cadastr\p{L}+/u,
  ficheiro: /arquivos?/,
  equipa: /equipes?/,
  "ligação, sessão iniciada": /conexão|conexões|(des)?conectad[oa]s?/,
  guardar: /salv(ar|e|ou|o|a|os|as)(-[oa]s?)?/,
  transferir: /baix(ar|e|ou|ad[oa]s?)/,
  aceder: /acess(ar|e|ou)/,
  introduzir: /digit(ar|e|ou|ad[oa]s?)(-[oa]s?)?/,
  "carregar em": /apert(ar|e|ou|ad[oa]s?)|clique|clicar/,
  partilhar: /compartilh\p{L}+/u,
  eliminar: /exclu(ir|íd[oa]s?)|delet\p{L}+/u,
  definições: /configuraç(ão|ões)|ajustes?/,
  separador: /abas?/,
  connosco: /conosco/,
  aceite: /(foi|ser|seja|sido|é) aceit[oa]s?/,
  indique: /informe|informando/,
  "demasiado, demasiados": /demais/,
  "num, numa, noutro": /em (um|uma|uns|umas|outr[oa]s?)/,
  "até às": /até as/,
  "até ao": /até o (dia|código|limite|horário|fim)/,
  "precisa de, tem de": /precisam? (?!de )\p{L}+[aei]r/u,
  "a fazer": /(est|continu)\p{L}+ \p{L}+[aei]ndo/u,
  "já não": /não (é|são|está|tem|há|vale|funciona|abre|recebe|faz|consegue) mais(?! nada)/,
  "eletrónico, académico": /\p{L}*[êô]nic[oa]s?/u,
  ", porquê": /por quê/,
};

test.each(Object.entries(gone))("texts in Portuguese say %s", (_, word) => {
  const alone = new RegExp(`(?<![\\p{L}-])(?:${word.source})(?!\\p{L})`, "iu");
  expect(texts.filter(([, text]) => alone.test(text))).toEqual([]);
});

test("people are not called você, but where it is they and nobody else", () => {
  const kept = /[Ff]oi (?:sempre )?você|^Você$|Você, ou |, talvez você,|for você a/g;
  const left = texts.filter(([, text]) => /você/i.test(text.replaceAll(kept, "")));
  expect(left).toEqual([]);
});
