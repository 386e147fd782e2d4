import type { EngineArticle } from '../../../src/kb/engine/engine.ts';

/** Five articles of a small shop, five examples each. */
export const shop: readonly EngineArticle[] = [
  {
    id: 'seguir-pedido',
    language: 'es',
    title: '¿Dónde está mi pedido?',
    examples: [
      'dónde está mi pedido',
      'quiero saber cuándo llega mi paquete',
      'mi pedido no ha llegado todavía',
      'cómo puedo seguir el envío',
      'número de seguimiento del paquete',
    ],
    answer: 'Entra en «Mis pedidos» y pulsa «Seguir». Verás dónde está el paquete y el día de entrega.',
  },
  {
    id: 'devolver',
    language: 'es',
    title: 'Devolver un producto',
    examples: [
      'quiero devolver un producto',
      'cómo hago una devolución',
      'no me gusta lo que compré y quiero devolverlo',
      'plazo para devolver artículos',
      'me devuelven el dinero si lo devuelvo',
    ],
    answer:
      'Tienes treinta días. Pide la etiqueta de devolución en «Mis pedidos» y deja el paquete en un punto de recogida.',
  },
  {
    id: 'contrasena',
    language: 'es',
    title: 'He olvidado mi contraseña',
    examples: [
      'olvidé mi contraseña',
      'no puedo entrar en mi cuenta',
      'cómo cambio la clave',
      'recuperar contraseña',
      'me dice que la contraseña es incorrecta',
    ],
    answer: 'Pulsa «¿Olvidaste tu contraseña?» y te enviaremos un enlace para poner una nueva.',
  },
  {
    id: 'factura',
    language: 'es',
    title: 'Pedir la factura',
    examples: [
      'necesito la factura de mi compra',
      'cómo descargo la factura',
      'quiero factura con los datos de mi empresa',
      'no me ha llegado la factura',
      'factura con IVA',
    ],
    answer: 'En «Mis pedidos», abre el pedido y pulsa «Factura». Se descarga en PDF.',
  },
  {
    id: 'pago',
    language: 'es',
    title: 'Formas de pago',
    examples: [
      'qué formas de pago aceptáis',
      'puedo pagar con tarjeta',
      'se puede pagar contra reembolso',
      'aceptan paypal',
      'pagar a plazos',
    ],
    answer: 'Puedes pagar con tarjeta, con PayPal o por transferencia.',
  },
];

/** Three articles with their text only. */
export const texts: readonly EngineArticle[] = [
  {
    id: 'router',
    title: 'Reiniciar el router',
    answer:
      'Desenchufa el router, espera treinta segundos y vuelve a enchufarlo. Las luces quedan fijas en dos minutos.',
  },
  {
    id: 'impresora',
    title: 'La impresora no imprime',
    answer: 'Comprueba que la impresora tiene papel y tinta. Después borra la cola de impresión y apágala.',
  },
  {
    id: 'correo',
    title: 'Configurar el correo en el móvil',
    answer:
      'Abre Ajustes, elige Cuentas y añade la dirección. El servidor de entrada es el mismo que el de salida.',
  },
];
