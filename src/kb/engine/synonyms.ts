import type { Language } from '../../core/language.ts';
import { stem } from './stem.ts';
import type { Words } from './words.ts';

/** Everyday words for one thing, folded; a word is in one group at most. General usage, not from any corpus. */
const table: Record<Language, string> = {
  es: `comprar adquirir; borrar eliminar quitar suprimir; cancelar anular; coche auto carro automovil vehiculo;
    movil celular telefono smartphone; ordenador computadora computador pc portatil laptop; contrasena clave password;
    precio costo coste tarifa valor cuesta vale cobran; dinero plata pasta; enviar mandar remitir; recibir llegar;
    problema fallo error averia inconveniente incidencia; arreglar reparar solucionar resolver; cambiar modificar actualizar editar;
    ayuda asistencia soporte; trabajo empleo curro laburo; empresa compania negocio firma; tienda local comercio sucursal;
    horario horas abren cierran; abonar pagar; devolver reembolsar devolucion reembolso; correo email mail;
    foto imagen fotografia; empezar comenzar iniciar; terminar acabar finalizar; mostrar ensenar ver; buscar encontrar;
    hablar conversar charlar platicar; persona humano agente operador asesor; reunion junta; cita turno; crear hacer generar;
    agregar anadir sumar incluir; poner configurar establecer programar; apagar desactivar desconectar; encender activar prender conectar;
    bonito lindo hermoso guapo bello; enfadado enojado molesto; contento feliz alegre; tonto estupido idiota bobo; viejo mayor anciano;
    listo inteligente; chico muchacho joven; edad anos cumpleanos; casa hogar vivienda; direccion ubicacion domicilio; rapido veloz pronto;
    aburrido pesado; gustar encantar; necesitar requerir precisar; entender comprender; perder extraviar; robar hurtar; bloquear congelar`,
  en: `buy purchase; delete remove erase; cancel void; car vehicle auto automobile; phone mobile cell cellphone smartphone;
    computer pc laptop; password passcode pin; price cost fee charge rate; money cash funds; send transfer wire; receive get;
    problem issue error trouble fault; fix repair solve resolve; change modify update edit alter; help assist support; job work employment;
    company business firm; shop store outlet; refund reimburse reimbursement; email mail; photo picture image; start begin commence;
    finish end stop; show display; find locate search; talk speak chat; human person agent representative; meeting appointment;
    create make generate; add include append; disable deactivate; enable activate; pretty beautiful lovely; angry upset mad annoyed;
    happy glad pleased; stupid dumb idiot; smart clever intelligent; old elderly; fast quick rapid; boring dull; like love enjoy;
    understand comprehend; lost missing misplaced; stolen theft robbed; block freeze frozen; broken damaged defective; big large huge;
    small little tiny; near close nearby; wrong incorrect mistaken; right correct; expire expiry expiration; delivery shipping shipment`,
  pt: `comprar adquirir; apagar excluir deletar remover eliminar; cancelar anular; carro automovel veiculo; celular telemovel telefone smartphone;
    computador pc notebook laptop; senha password; preco custo tarifa valor custa; dinheiro grana; enviar mandar; receber chegar;
    problema erro falha defeito; consertar reparar resolver solucionar arrumar; mudar alterar modificar trocar atualizar editar;
    ajuda suporte assistencia apoio; trabalho emprego; empresa companhia firma; loja filial; devolver reembolsar reembolso estorno devolucao;
    email correio mail; foto imagem fotografia; comecar iniciar; terminar acabar finalizar; mostrar exibir ver; procurar buscar encontrar achar;
    falar conversar; pessoa humano atendente agente; reuniao; criar fazer gerar; adicionar incluir acrescentar; desativar desligar;
    ativar ligar; bonito lindo belo; chateado bravo zangado; feliz contente alegre; burro idiota estupido; inteligente esperto;
    casa lar; endereco localizacao morada; rapido veloz; chato; gostar adorar; precisar necessitar; entender compreender; perder; roubar furtar;
    bloquear congelar; pagar quitar; boleto fatura; frete entrega envio`,
};

const maps = new Map<Language, ReadonlyMap<string, string>>();

function groupsOf(language: Language): ReadonlyMap<string, string> {
  const known = maps.get(language);
  if (known) return known;
  const map = new Map<string, string>();
  table[language].split(';').forEach((group, at) => {
    for (const word of group.trim().split(/\s+/)) {
      const key = stem(word, language);
      if (!map.has(key)) map.set(key, `=${language}${at}`);
    }
  });
  maps.set(language, map);
  return map;
}

/** The names of the synonym groups that the words of a text belong to. */
export function conceptsOf(text: Words, language: Language): string[] {
  const groups = groupsOf(language);
  const concepts: string[] = [];
  for (const word of text.stems) {
    const concept = groups.get(word);
    if (concept !== undefined) concepts.push(concept);
  }
  return concepts;
}
