/** Everyday Portuguese words for one thing, folded; groups end with a semicolon. General usage, not from any corpus. */
export const portugueseSynonyms = `
comprar adquirir; apagar excluir deletar remover eliminar; cancelar anular; carro automovel veiculo; celular telemovel telefone smartphone;
computador pc notebook laptop; senha password; preco custo tarifa valor custa; dinheiro grana; enviar mandar; receber chegar;
problema erro falha defeito; consertar reparar resolver solucionar arrumar; mudar alterar modificar trocar atualizar editar;
ajuda suporte assistencia apoio; trabalho emprego; empresa companhia firma; loja filial; devolver reembolsar reembolso estorno devolucao;
email correio mail; foto imagem fotografia; comecar iniciar; terminar acabar finalizar; mostrar exibir ver; procurar buscar encontrar achar localizar;
falar conversar; pessoa humano atendente agente; reuniao encontro; consulta horario marcacao; criar fazer gerar; adicionar incluir acrescentar; desativar desligar;
ativar ligar; bonito lindo belo; chateado bravo zangado; feliz contente alegre; burro idiota estupido; inteligente esperto;
casa lar; endereco localizacao morada; rapido veloz; chato entediante; gostar adorar; precisar necessitar; entender compreender; perder extraviar; roubar furtar;
bloquear congelar; pagar quitar; boleto fatura; frete entrega envio; lembrar recordar; lembrete aviso alerta notificacao; acordar despertar; dormir descansar;
comer almocar jantar; comida alimento prato; bebida drinque; medico doutor; hospital clinica; doente enfermo; remedio medicamento; aviao voo; hotel hospedagem alojamento;
quarto aposento; bilhete passagem ingresso ticket; mala bagagem; viajar viagem; dirigir conduzir; estacionar aparcar; gasolina combustivel; rua avenida; perto proximo; longe distante;
tempo clima; chuva chover; frio gelado; calor quente; musica cancao; filme cinema; televisao tv; jogo partida; noticia novidade; livro romance; ouvir escutar;
dizer contar explicar; perguntar pergunta duvida questao; responder resposta; lista listagem; nota anotacao; tarefa pendencia; calendario agenda; data dia; reservar reserva;
confirmar aceitar aprovar; rejeitar recusar negar; adiar atrasar postergar; adiantar antecipar; repetir novamente; parar pausar; continuar seguir retomar; aumentar subir; diminuir baixar reduzir;
abrir abertura; fechar encerrar fechamento; grande enorme; pequeno menor; gratis gratuito; caro custoso; barato economico; desconto oferta promocao cupom; recibo comprovante nota; cartao; conta perfil usuario cadastro;
cadastrar registrar inscrever; entrar acessar logar; sair abandonar; instalar instalacao; tela monitor ecra; internet wifi rede conexao; pacote encomenda pedido; entregador carteiro; garantia; quebrado danificado estragado defeituoso;
tamanho medida; cor tom; roupa vestuario; sapato calcado tenis; presente lembranca; banco agencia; transferencia pix; saldo; emprestimo credito; divida; imposto taxa; seguro apolice; chefe patrao; colega companheiro; amigo amiga;
namorado namorada; marido esposa esposo mulher; filho filha crianca; pai papai; mae mamae; nome chama chamar; nascer nascimento aniversario; morar viver residir; robo bot maquina; odiar detestar; amar; casar casamento;
obrigado agradecer; desculpa perdao lamento; tchau adeus; ola oi saudacao; piada engracado; bom otimo excelente fantastico; ruim pessimo horrivel terrivel; verdade certo correto; mentira falso; facil simples; dificil complicado; louco maluco;
ajudar auxiliar; melhorar; opiniao acha pensar; saber conhecer; vencer expirar vencimento validade; prazo limite; demora atraso demorar
`;
