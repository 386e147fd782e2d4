/** Everyday Spanish words for one thing, folded; groups end with a semicolon. General usage, not from any corpus. */
export const spanishSynonyms = `
comprar adquirir; borrar eliminar quitar suprimir; cancelar anular; coche auto carro automovil vehiculo;
movil celular telefono smartphone; ordenador computadora computador pc portatil laptop; contrasena clave password;
precio costo coste tarifa valor cuesta vale cobran; dinero plata pasta efectivo; enviar mandar remitir; recibir llegar;
problema fallo error averia inconveniente incidencia; arreglar reparar solucionar resolver; cambiar modificar actualizar editar alterar;
ayuda asistencia soporte; trabajo empleo curro laburo; empresa compania negocio firma; tienda local comercio sucursal;
horario abren cierran; abonar pagar; devolver reembolsar devolucion reembolso; correo email mail;
foto imagen fotografia; empezar comenzar iniciar; terminar acabar finalizar; mostrar ensenar ver mirar visualizar; buscar encontrar localizar;
hablar conversar charlar platicar; persona humano agente operador asesor; reunion junta; cita turno; crear hacer generar;
agregar anadir sumar incluir; poner configurar establecer programar; apagar desactivar desconectar; encender activar prender conectar;
bonito lindo hermoso guapo bello; enfadado enojado molesto cabreado; contento feliz alegre; tonto estupido idiota bobo imbecil necio; viejo mayor anciano;
listo inteligente sabio; chico muchacho joven; edad anos cumpleanos; casa hogar vivienda; direccion ubicacion domicilio; rapido veloz pronto;
aburrido pesado tedioso; gustar encantar; necesitar requerir precisar; entender comprender captar; perder extraviar; robar hurtar sustraer; bloquear congelar;
recordar acordar; recordatorio aviso alerta notificacion; despertar levantar; dormir descansar; comer almorzar cenar; comida alimento plato;
bebida trago refresco; medico doctor; hospital clinica; enfermo malo indispuesto; medicina medicamento remedio pastilla; avion vuelo;
hotel alojamiento hospedaje; habitacion cuarto pieza; billete boleto pasaje entrada ticket; maleta equipaje valija; viajar viaje; conducir manejar;
aparcar estacionar; gasolina combustible nafta; calle avenida via; cerca proximo cercano; lejos lejano distante; tiempo clima;
lluvia llover lloviendo; frio helado; calor caluroso; musica cancion tema; pelicula film cine; television tele; juego partida; noticia novedad;
libro novela; escuchar oir; decir contar explicar; preguntar consultar pregunta consulta duda; responder contestar respuesta contestacion;
lista listado; nota apunte; tarea pendiente deber; calendario agenda; fecha dia; manana; semana; reservar reserva; confirmar aceptar aprobar;
rechazar declinar denegar negar; posponer aplazar retrasar atrasar postergar; adelantar anticipar; repetir reiterar; parar detener pausar;
continuar seguir reanudar proseguir; subir aumentar incrementar; bajar disminuir reducir; abrir apertura; cerrar cierre; grande enorme gigante; pequeno chico;
gratis gratuito; caro costoso; barato economico; descuento oferta promocion rebaja cupon; factura recibo comprobante; tarjeta; cuenta perfil usuario;
registrar inscribir apuntar; entrar acceder ingresar loguear; salir abandonar; descargar bajar; cargar subir; instalar instalacion;
pantalla monitor; teclado; internet wifi red conexion; paquete envio pedido; repartidor mensajero cartero; garantia; roto danado estropeado defectuoso;
talla tamano medida; color tono; ropa prenda; zapato calzado zapatilla; regalo obsequio; banco entidad; cajero; transferencia giro; saldo balance;
prestamo credito; deuda; impuesto; seguro poliza; jefe patron superior; companero colega; amigo amiga compa; novio novia pareja; esposo esposa marido mujer;
hijo hija nino nina; padre papa; madre mama; hermano hermana; abuelo abuela; perro can; gato; nombre llamas llamar apellido; nacer nacimiento naciste;
vivir vives residir; robot bot maquina; crear creador fabricar desarrollar programador inventar; odiar detestar; amar querer; casar matrimonio boda;
gracias agradecer agradecido; perdon disculpa lamento; adios chao chau despedida; saludo hola buenas; broma chiste gracioso; bueno genial estupendo excelente fantastico increible;
malo pesimo horrible terrible fatal; verdad cierto correcto; mentira falso; facil sencillo simple; dificil complicado; importante; seguro certeza; loco demente;
callar silencio calla; ayudar apoyar auxiliar; mejorar; opinion opinas piensas pensar; saber conocer; caducar vencer expirar; plazo limite; demora retraso tardar tarda demorar
`;
