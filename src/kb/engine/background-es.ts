/** Questions that hardly any support base answers, in Spanish; one per line. Written for Relevo. */
export const spanishBackground = `
va a llover mañana por la tarde
qué temperatura hace en la sierra
cuándo empieza el invierno
quién ganó el partido anoche
a qué hora juega la selección
cuántos goles metió el delantero esta temporada
quién escribió cien años de soledad
cuál es la capital de australia
cuántos habitantes tiene la india
qué altura tiene el everest
en qué año cayó el muro de berlín
quién fue el primer presidente de méxico
quién pintó las meninas
por qué el cielo es azul
cuánto pesa un elefante adulto
a qué distancia está la luna
cómo se forman los volcanes
qué comen los pingüinos
cuántas patas tiene una araña
los delfines duermen con un ojo abierto
cómo se hace una tortilla de patatas
receta de arroz con pollo
cuántos minutos se cuece un huevo duro
qué vino va bien con el pescado
dónde venden las mejores empanadas del barrio
recomiéndame un restaurante italiano barato
quiero una hamburguesa con papas
cuántas calorías tiene un plátano
me duele la cabeza desde ayer
qué puedo tomar para la tos
es grave tener fiebre tres días
cómo bajo la tensión alta
cuánto tarda en curarse una fractura
qué ejercicios hago para la espalda
cuánto es doscientos quince por catorce
resuelve esta ecuación de segundo grado
cuál es la raíz cuadrada de ciento cuarenta y cuatro
cómo se dice mariposa en francés
traduce buenas noches al japonés
qué significa la palabra efímero
sinónimo de melancolía
cómo se escribe hubiera con hache o sin hache
cuéntame un chiste de abogados
cántame una canción de cuna
escribe un poema sobre el mar
cuál es el sentido de la vida
crees en los extraterrestres
te casarías conmigo
qué opinas del presidente
a quién vas a votar en las elecciones
cuándo son las elecciones municipales
quién va ganando en las encuestas
por qué sube la inflación
cómo están las acciones de la petrolera
merece la pena invertir en bitcoin
cuánto vale la onza de oro
a cuánto está el dólar hoy
qué película echan esta noche en la tele
de qué trata la última novela de misterio
quién protagoniza esa serie de vampiros
cuándo sale la próxima temporada
qué canción está de moda
cuántos años tiene esa actriz
cuándo se estrena la película de superhéroes
cómo paso el último nivel del videojuego
qué consola es mejor para jugar en línea
cómo afino una guitarra
cuánto se tarda en aprender a tocar el piano
cómo quito una mancha de vino del sofá
cómo desatasco el fregadero
cada cuánto hay que regar un cactus
cuándo se podan los rosales
mi perro no quiere comer pienso
a qué edad se esteriliza una gata
cómo enseño a mi loro a hablar
cuánto dura el vuelo de madrid a tokio
hace falta visado para viajar a vietnam
cuál es la mejor playa del caribe
hay atascos en la autopista del norte
a qué hora sale el último tren a sevilla
dónde puedo aparcar en el centro
qué rueda le va bien a mi bicicleta
cómo cambio el aceite de la moto
cuánta presión llevan los neumáticos
qué me pongo para una boda
cómo combino unos zapatos marrones
qué le regalo a mi suegra
cómo le digo que me gusta
mi novia me ha dejado
mis vecinos hacen mucho ruido por la noche
no puedo dormir por los mosquitos
qué carrera universitaria tiene más salidas
cuándo acaban las clases en el instituto
cómo preparo un examen de historia
qué es la fotosíntesis
explícame la teoría de la relatividad
cuál es el símbolo químico del sodio
quién inventó la imprenta
cómo funciona un motor de vapor
qué es un agujero negro
cuántos huesos tiene el cuerpo humano
cómo compilo un programa en java
qué lenguaje de programación aprendo primero
cómo ordeno una lista en python
eres un inútil y no sirves para nada
vete a freír espárragos
sois unos ladrones sinvergüenzas
me cago en todo
jajaja qué risa
bla bla bla
asdf qwerty
lalala
qué hora es en nueva york
qué día cae navidad este año
cuántos días tiene febrero
feliz año nuevo a todos
cuál es tu signo del zodiaco
qué dice mi horóscopo de hoy
interpreta mi sueño con serpientes
cuál es el teléfono de los bomberos
dónde está la farmacia de guardia
necesito un fontanero urgente
busco piso de alquiler con terraza
cuánto gana un profesor de primaria
cómo renuevo el pasaporte en la comisaría
qué papeles pide el ayuntamiento para casarse
`;
