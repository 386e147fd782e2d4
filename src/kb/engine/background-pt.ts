/** Questions that hardly any support base answers, in Portuguese; one per line. Written for Relevo. */
export const portugueseBackground = `
vai chover amanhã à tarde
que temperatura faz na serra
quando começa o inverno
quem ganhou o jogo ontem à noite
a que horas joga a seleção
quantos gols o atacante fez nesta temporada
quem escreveu dom casmurro
qual é a capital da austrália
quantos habitantes tem a índia
qual é a altura do everest
em que ano caiu o muro de berlim
quem foi o primeiro presidente do brasil
quem pintou a mona lisa
por que o céu é azul
quanto pesa um elefante adulto
a que distância fica a lua
como se formam os vulcões
o que comem os pinguins
quantas patas tem uma aranha
os golfinhos dormem com um olho aberto
como se faz pão de queijo
receita de arroz com frango
quantos minutos cozinha um ovo
que vinho combina com peixe
onde vendem a melhor coxinha do bairro
me recomenda um restaurante italiano barato
quero um hambúrguer com batata frita
quantas calorias tem uma banana
estou com dor de cabeça desde ontem
o que posso tomar para a tosse
é grave ter febre por três dias
como baixo a pressão alta
quanto tempo demora para curar uma fratura
que exercícios são bons para as costas
quanto é duzentos e quinze vezes catorze
resolva esta equação de segundo grau
qual é a raiz quadrada de cento e quarenta e quatro
como se diz borboleta em francês
traduza boa noite para o japonês
o que significa a palavra efêmero
sinônimo de melancolia
me conta uma piada de advogado
canta uma canção de ninar
escreva um poema sobre o mar
qual é o sentido da vida
você acredita em extraterrestres
quer casar comigo
o que você acha do presidente
em quem você vai votar
quando são as eleições municipais
quem está na frente nas pesquisas
por que a inflação sobe
como estão as ações da petroleira
vale a pena investir em bitcoin
quanto está o grama do ouro
quanto está o dólar hoje
que filme passa hoje à noite
do que trata o último romance policial
quem é o ator dessa série de vampiros
quando sai a próxima temporada
que música está na moda
quantos anos tem essa atriz
como passo da última fase do jogo
qual console é melhor para jogar online
como afino um violão
quanto tempo leva para aprender piano
como tiro mancha de vinho do sofá
como desentupo a pia da cozinha
de quanto em quanto tempo se rega um cacto
quando se podam as roseiras
meu cachorro não quer comer ração
com que idade se castra uma gata
como ensino meu papagaio a falar
quanto dura o voo de lisboa a tóquio
precisa de visto para viajar ao vietnã
qual é a melhor praia do caribe
tem trânsito na marginal
a que horas sai o último trem para campinas
onde posso estacionar no centro
que pneu serve na minha bicicleta
como troco o óleo da moto
o que visto para um casamento
sapato marrom combina com cinto preto
o que dou de presente para minha sogra
como digo a ela que gosto dela
minha namorada me deixou
meus vizinhos fazem muito barulho à noite
não consigo dormir por causa dos mosquitos
qual faculdade dá mais emprego
quando acabam as aulas na escola
como estudo para a prova de história
o que é a fotossíntese
explica a teoria da relatividade
qual é o símbolo químico do sódio
quem inventou a imprensa
como funciona um motor a vapor
o que é um buraco negro
quantos ossos tem o corpo humano
como compilo um programa em java
que linguagem de programação aprendo primeiro
você é um inútil e não serve para nada
vai plantar batata
vocês são uns ladrões
kkkkk que engraçado
blá blá blá
asdf qwerty
que horas são em nova york
em que dia cai o natal este ano
quantos dias tem fevereiro
feliz ano novo para todos
o que diz meu horóscopo de hoje
o que significa sonhar com cobra
qual é o telefone dos bombeiros
onde fica a farmácia de plantão
preciso de um encanador urgente
procuro apartamento para alugar com varanda
quanto ganha um professor de escola
como renovo o passaporte na polícia federal
`;
